import {
  clockApart,
  type Cluster,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import styles from './clusterState.module.css';

/** How far a cluster's clock is from the portal's; nothing where they agree. */
export function ClockSkew({ clock }: Pick<Cluster, 'clock'>) {
  if (!clock || clock.offsetMs === 0) return null;
  return (
    <p className={styles.clock} data-kind="clock-skew">
      <span aria-hidden="true">⏱</span> Its clock is {clockApart(clock)} the
      portal's.
    </p>
  );
}
