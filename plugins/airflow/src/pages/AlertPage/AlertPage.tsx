import { useAlert } from '../../data/useAlerts';
import {
  AlertActions,
  AlertNav,
  ClearFailed,
  dagOf,
  SeverityChip,
  severityGlyphs,
  StatusChip,
  statusGlyphs,
} from '../../features/alerts';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { useIds } from '../../ui/address/useIds';
import { isMissing, MissingPage } from '../../ui/feedback';
import { AwaitedPage, PageHead, Section } from '../../ui/layout';
import { AlertFacts } from './AlertFacts';
import { AlertLinks } from './AlertLinks';
import styles from './AlertPage.module.css';
import { Deliveries } from './Deliveries';
import { Failure } from './Failure';
import { RelatedAlerts } from './RelatedAlerts';
import { Timeline } from './Timeline';
import { Verdict } from './Verdict';

/** One alert: what is wrong and how that is known, what can be done, and its life so far. */
export function AlertPage() {
  const { alertId = '' } = useIds();
  return <NamedAlert key={alertId} alertId={alertId} />;
}

function NamedAlert({ alertId }: { alertId: string }) {
  const details = useAlert(alertId);
  const paths = useAirflowPaths();
  if (!details.data) {
    return isMissing(details.error) ? (
      <MissingPage
        error={details.error}
        back={{ to: paths.alerts, text: 'All alerts' }}
      />
    ) : (
      <AwaitedPage
        title="Alert"
        above={{ list: 'alerts' }}
        what="alert"
        query={details}
      />
    );
  }
  const { alert, timeline, deliveries, inhibits, cause } = details.data;
  return (
    <article
      data-kind="alert-page"
      data-alert={alert.id}
      data-status={alert.status}
    >
      <PageHead
        title={alert.title}
        above={{
          list: 'alerts',
          cluster: alert.subject.cluster,
          dagId: dagOf(alert)?.dagId,
        }}
        sign={
          alert.status === 'resolved'
            ? statusGlyphs.resolved
            : severityGlyphs[alert.severity]
        }
        beside={
          <>
            <SeverityChip severity={alert.severity} />
            <StatusChip status={alert.status} />
          </>
        }
        actions={<AlertNav />}
      />
      <div className={styles.columns}>
        <div className={styles.column}>
          <Verdict alert={alert} />
          {alert.status !== 'resolved' && (
            <div className={styles.actions} data-kind="alert-actions">
              <AlertActions alerts={[alert]} />
              <ClearFailed alert={alert} />
            </div>
          )}
          <RelatedAlerts cause={cause} inhibits={inhibits} />
          <Failure alert={alert} />
          <AlertFacts alert={alert} />
          <AlertLinks alert={alert} />
        </div>
        <div className={styles.column}>
          <Section title="Timeline" kind="alert-timeline">
            <Timeline events={timeline} />
          </Section>
          <Section title="Notifications" kind="alert-deliveries">
            <Deliveries deliveries={deliveries} alert={alert} />
          </Section>
        </div>
      </div>
    </article>
  );
}
