import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { OwnerScope } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Link } from 'react-router-dom';
import type { useAlerts } from '../../data/useAlerts';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { ErrorPanel, Loading } from '../../ui/feedback';
import { AllClear } from '../../ui/layout';
import styles from './OverviewPage.module.css';
import { TriageItem } from './TriageItem';
import { alertsIn, mostUrgent } from './urgency';

/** What somebody should look at now: what is new, then what is worst, one entry for each cause. */
export function Triage(props: {
  alerts: ReturnType<typeof useAlerts>;
  /** Of those the newest, and the worst where they are too many to be read whole. */
  items: readonly Alert[];
  scope: OwnerScope;
}) {
  const { alerts, items, scope } = props;
  const paths = useAirflowPaths();
  if (alerts.isPending) return <Loading what="alerts" rows={3} />;
  if (!alerts.data) {
    return (
      <ErrorPanel
        title="The alerts could not be loaded"
        error={alerts.error}
        onRetry={() => alerts.refetch()}
      />
    );
  }
  const { coverage, total } = alerts.data;
  if (items.length === 0) {
    return (
      <AllClear
        what={scope === 'all' ? 'open alerts' : 'open alerts of yours'}
        coverage={coverage}
      />
    );
  }
  const groups = mostUrgent(items, Date.now());
  const left = total - alertsIn(groups);
  return (
    <>
      <ul className={styles.triage}>
        {groups.map(group => (
          <TriageItem key={group.causeId} group={group} />
        ))}
      </ul>
      {left > 0 && (
        <Link to={paths.alerts} data-kind="triage-more">
          {left} more of {total} open alerts
        </Link>
      )}
    </>
  );
}
