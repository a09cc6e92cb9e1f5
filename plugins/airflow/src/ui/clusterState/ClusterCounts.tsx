import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import styles from './clusterState.module.css';

/** What runs on a cluster, in four figures. */
export function ClusterCounts(props: {
  counts: NonNullable<Cluster['counts']>;
}) {
  const { counts } = props;
  const figures: [name: string, value: number][] = [
    ['DAGs', counts.dags],
    ['running', counts.runningRuns],
    ['failed 24 h', counts.failedRuns24h],
    ['import errors', counts.importErrors],
  ];
  return (
    <dl className={styles.counts}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
