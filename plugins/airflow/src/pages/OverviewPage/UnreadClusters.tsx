import type {
  Alert,
  Cluster,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Moment } from '../../ui/time';
import styles from './OverviewPage.module.css';

/** Clusters that cannot be read, and of which no alert tells yet: what is shown of them is old. */
export function UnreadClusters(props: {
  clusters: readonly Cluster[];
  alerts: readonly Alert[];
}) {
  const paths = useAirflowPaths();
  const shown = new Set(
    props.alerts
      .filter(({ ruleType }) => ruleType === 'cluster-unreachable')
      .map(({ subject }) => subject.cluster),
  );
  const unread = props.clusters.filter(
    ({ name, status }) => status === 'unreachable' && !shown.has(name),
  );
  return (
    <>
      {unread.map(cluster => {
        const readAt = cluster.collections
          .flatMap(({ lastSuccessAt }) => lastSuccessAt ?? [])
          .sort()
          .at(-1);
        return (
          <div
            key={cluster.name}
            className={styles.unread}
            role="status"
            data-kind="unread-cluster"
          >
            <strong>
              ✖ <Link to={paths.cluster(cluster.name)}>{cluster.title}</Link>{' '}
              cannot be read
            </strong>
            {readAt ? (
              <>
                {' '}
                since <Moment at={readAt} />
              </>
            ) : (
              ' and never was'
            )}
            : {cluster.problem?.message}
            {cluster.counts && ` ${cluster.counts.dags} DAGs as last seen.`}
          </div>
        );
      })}
    </>
  );
}
