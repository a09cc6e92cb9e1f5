import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { clusterWords } from '../../ui/clusterState';
import styles from './OverviewPage.module.css';

/** Every cluster in one line each. */
export function ClusterStrip(props: { clusters: readonly Cluster[] }) {
  const paths = useAirflowPaths();
  return (
    <ul className={styles.strip}>
      {props.clusters.map(({ name, title, status, airflowVersion, counts }) => (
        <li key={name} data-kind="cluster-item" data-status={status}>
          <Link to={paths.cluster(name)}>{title}</Link>{' '}
          <span className={styles.status}>{clusterWords[status]}</span>{' '}
          <small>
            {[
              airflowVersion,
              counts && `${counts.dags} DAGs`,
              counts && `${counts.runningRuns} running`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </small>
        </li>
      ))}
    </ul>
  );
}
