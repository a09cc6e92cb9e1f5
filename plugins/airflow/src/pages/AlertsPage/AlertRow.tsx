import {
  alertRuleWords,
  type Alert,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import {
  Blind,
  refName,
  ErrorSearch,
  SeverityChip,
  StatusChip,
  Where,
} from '../../features/alerts';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Cells, type Column } from '../../ui/layout';
import { Moment } from '../../ui/time';
import styles from './AlertsPage.module.css';

interface AlertRowProps {
  alert: Alert;
  /** True where it stands beneath its cause. */
  isFolded: boolean;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
  children?: ReactNode;
}

/** What is wrong, where, since when, how it was noticed, whose it is and who has it. */
export const alertColumns: readonly Column<
  AlertRowProps,
  'severity' | 'firedAt' | 'since'
>[] = [
  { title: 'Alert', isMain: true, cell: row => <What {...row} /> },
  {
    title: 'Severity',
    sort: 'severity',
    cell: ({ alert }) => <SeverityChip severity={alert.severity} />,
  },
  { title: 'Where', cell: ({ alert }) => <Where subject={alert.subject} /> },
  {
    title: 'Fired',
    sort: 'firedAt',
    cell: ({ alert }) =>
      alert.firedAt ? <Moment at={alert.firedAt} /> : 'not yet',
  },
  {
    title: 'Since',
    sort: 'since',
    cell: ({ alert }) => <Moment at={alert.since} />,
  },
  {
    title: 'Rule',
    hint: ({ alert }) => alertRuleWords[alert.ruleType],
    cell: ({ alert }) => alert.rule,
  },
  {
    title: 'Owner',
    hint: ({ alert }) => alert.owner?.ref,
    cell: ({ alert }) => (alert.owner ? refName(alert.owner.ref) : '–'),
  },
  {
    title: 'Status',
    cell: ({ alert }) => (
      <>
        <StatusChip status={alert.status} /> <Holder alert={alert} />
      </>
    ),
  },
];

export function AlertRow(props: AlertRowProps) {
  const { alert, isFolded } = props;
  return (
    <tr
      data-kind="alert-row"
      data-alert={alert.id}
      data-status={alert.status}
      data-severity={alert.severity}
      data-folded={isFolded}
    >
      <Cells columns={alertColumns} row={props} />
    </tr>
  );
}

function What(props: AlertRowProps) {
  const { alert, isFolded, isChosen, onChoose, children } = props;
  const { id, title, failure } = alert;
  const paths = useAirflowPaths();
  return (
    <div className={styles.what} data-folded={isFolded}>
      {alert.status !== 'resolved' && (
        <input
          type="checkbox"
          aria-label={`Choose ${title}`}
          checked={isChosen}
          onChange={event => onChoose(event.target.checked)}
          data-kind="alert-select"
        />
      )}
      <div>
        <Link to={paths.alert(id)}>{title}</Link>
        {failure?.exception && (
          <small className={styles.error} title={failure.exception}>
            {failure.taskId} · {failure.exception}
          </small>
        )}
        <small title={alert.observed}>{alert.observed}</small>
        <Blind alert={alert} />
        <ErrorSearch alert={alert} />
        {children}
      </div>
    </div>
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
