import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import {
  Blind,
  ClearFailed,
  ErrorSearch,
  refName,
  SeverityChip,
  StatusChip,
  taskOf,
  Where,
  type AlertGroup,
} from '../../features/alerts';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Moment } from '../../ui/time';
import styles from './OverviewPage.module.css';

/** One cause: what, where, since when, whose, and what can be done about it. */
export function TriageItem({ group }: { group: AlertGroup }) {
  const { cause, causeId, because } = group;
  const paths = useAirflowPaths();
  if (!cause) {
    return (
      <li data-kind="triage-item">
        <span>
          {because.length} {because.length === 1 ? 'alert' : 'alerts'} because
          of <Link to={paths.alert(causeId)}>another</Link>
        </span>
      </li>
    );
  }
  const { owner, failure } = cause;
  return (
    <li
      data-kind="triage-item"
      data-alert={cause.id}
      data-severity={cause.severity}
    >
      <div>
        <SeverityChip severity={cause.severity} />{' '}
        <Link to={paths.alert(cause.id)} className={styles.title}>
          {cause.title}
        </Link>
        {failure?.exception && (
          <small className={styles.error} title={failure.exception}>
            {failure.taskId} · {failure.exception}
          </small>
        )}
        <small title={cause.observed}>{cause.observed}</small>
        <ErrorSearch alert={cause} />
        <Blind alert={cause} />
        {because.length > 0 && (
          <small data-kind="triage-because">
            and {because.length} more with the same cause
          </small>
        )}
      </div>
      <Where subject={cause.subject} />
      <span>
        since <Moment at={cause.since} />
      </span>
      <span>
        {owner && <span title={owner.ref}>{refName(owner.ref)}</span>}
        {cause.acknowledged && (
          <small>
            <StatusChip status="acknowledged" /> by{' '}
            {refName(cause.acknowledged.by)}
          </small>
        )}
      </span>
      <Actions alert={cause} />
    </li>
  );
}

function Actions({ alert }: { alert: Alert }) {
  const paths = useAirflowPaths();
  const task = taskOf(alert);
  return (
    <span className={styles.actions}>
      {task && (
        <Link to={paths.task(task, task.tryNumber)} data-kind="triage-log">
          Log
        </Link>
      )}
      <ClearFailed alert={alert} />
      <Link
        to={paths.alert(alert.id)}
        aria-label={`Open ${alert.title}`}
        data-kind="triage-open"
      >
        Open
      </Link>
    </span>
  );
}
