import {
  alertRuleWords,
  type Alert,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import {
  Blind,
  refName,
  ErrorSearch,
  SeverityChip,
  StatusChip,
  Where,
} from '../alerts';
import { Moment } from '../time';
import styles from './AlertsPage.module.css';

/** What is wrong, where, since when, how it was noticed, whose it is and who has it. */
export function AlertRow(props: {
  alert: Alert;
  /** True where it stands beneath its cause. */
  isFolded: boolean;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
  children?: ReactNode;
}) {
  const { alert, isFolded, isChosen, onChoose, children } = props;
  const { owner, failure, status, severity } = alert;
  const paths = useAirflowPaths();
  return (
    <tr
      data-kind="alert-row"
      data-alert={alert.id}
      data-status={status}
      data-severity={severity}
      data-folded={isFolded}
    >
      <td data-label="Alert" data-main>
        <div className={styles.what} data-folded={isFolded}>
          {status !== 'resolved' && (
            <input
              type="checkbox"
              aria-label={`Choose ${alert.title}`}
              checked={isChosen}
              onChange={event => onChoose(event.target.checked)}
              data-kind="alert-select"
            />
          )}
          <div>
            <Link to={paths.alert(alert.id)}>{alert.title}</Link>
            <small>{alert.observed}</small>
            <Blind alert={alert} />
            {failure?.exception && (
              <small className={styles.error}>
                {failure.taskId} · {failure.exception}
              </small>
            )}
            <ErrorSearch alert={alert} />
            {children}
          </div>
        </div>
      </td>
      <td data-label="Severity">
        <SeverityChip severity={severity} />
      </td>
      <td data-label="Where">
        <Where subject={alert.subject} />
      </td>
      <td data-label="Fired">
        {alert.firedAt ? <Moment at={alert.firedAt} /> : 'not yet'}
      </td>
      <td data-label="Since">
        <Moment at={alert.since} />
      </td>
      <td data-label="Noticed by" title={alertRuleWords[alert.ruleType]}>
        {alert.rule}
      </td>
      <td data-label="Owner" title={owner?.ref}>
        {owner ? refName(owner.ref) : '–'}
      </td>
      <td data-label="Status">
        <StatusChip status={status} /> <Holder alert={alert} />
      </td>
    </tr>
  );
}

/** Who has it, or what closed it. */
function Holder({
  alert: { acknowledged, resolution, status },
}: {
  alert: Alert;
}) {
  if (resolution && status === 'resolved') {
    return (
      <small
        title={
          resolution.kind === 'proof' ? resolution.text : resolution.reason
        }
      >
        {resolution.kind === 'proof'
          ? 'proven right'
          : `by ${refName(resolution.by)}`}
      </small>
    );
  }
  if (!acknowledged) return null;
  return (
    <small title={acknowledged.note ?? undefined}>
      by {refName(acknowledged.by)}
    </small>
  );
}
