import { Link } from 'react-router-dom';
import { useAlerts } from '../../data/useAlerts';
import { Blind, SeverityChip, StatusChip } from '../../features/alerts';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { ErrorPanel, Loading } from '../../ui/feedback';
import { AllClear } from '../../ui/layout';
import { Moment } from '../../ui/time';
import styles from './entity.module.css';
import type { EntityDags } from './useEntityDags';

/** The open alerts of an entity's DAGs, newest first. */
export function EntityAlerts(props: { dags: EntityDags; limit: number }) {
  const { dags, limit } = props;
  const paths = useAirflowPaths();
  const { data, error, refetch } = useAlerts({ filter: dags, limit });
  if (error) {
    return (
      <ErrorPanel
        title="The alerts could not be loaded"
        error={error}
        onRetry={() => refetch()}
      />
    );
  }
  if (!data) return <Loading what="the alerts" rows={3} />;
  if (data.total === 0)
    return <AllClear what="open alerts" coverage={data.coverage} />;
  return (
    <ul className={styles.list}>
      {data.items.map(alert => (
        <li key={alert.id} data-kind="entity-alert">
          <SeverityChip severity={alert.severity} />
          <div className={styles.main}>
            <Link to={paths.alert(alert.id)}>{alert.title}</Link>
            <small>
              {alert.failure?.exception ?? alert.observed} · since{' '}
              <Moment at={alert.since} />
            </small>
            <Blind alert={alert} />
          </div>
          <StatusChip status={alert.status} />
        </li>
      ))}
      {data.total > data.items.length && (
        <li>
          <Link to={paths.alerts}>
            and {data.total - data.items.length} more
          </Link>
        </li>
      )}
    </ul>
  );
}
