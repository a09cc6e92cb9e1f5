import type { OwnerScope } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import type { useAlerts } from '../../hooks/useAlerts';
import { groupByCause } from '../alerts';
import { ErrorPanel, Loading } from '../feedback';
import { AllClear } from '../layout';
import { TriageItem } from './TriageItem';
import styles from './OverviewPage.module.css';

const SHOWN = 20;

/** What somebody should look at now, worst first: one entry for each cause. */
export function Triage(props: {
  alerts: ReturnType<typeof useAlerts>;
  scope: OwnerScope;
}) {
  const { alerts, scope } = props;
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
  const { items, coverage, total } = alerts.data;
  if (items.length === 0) {
    return (
      <AllClear
        what={scope === 'all' ? 'open alerts' : 'open alerts of yours'}
        coverage={coverage}
      />
    );
  }
  const groups = groupByCause(items);
  return (
    <>
      <ul className={styles.triage}>
        {groups.slice(0, SHOWN).map(group => (
          <TriageItem key={group.causeId} group={group} />
        ))}
      </ul>
      {(groups.length > SHOWN || total > items.length) && (
        <Link to={paths.alerts}>All {total} open alerts</Link>
      )}
    </>
  );
}
