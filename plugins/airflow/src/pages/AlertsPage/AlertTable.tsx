import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { groupByCause, type AlertGroup } from '../../features/alerts';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { TableFrame, type Sorting } from '../../ui/layout';
import { AlertRow, alertColumns } from './AlertRow';
import styles from './AlertsPage.module.css';

interface Choosing {
  chosen: ReadonlySet<string>;
  onChoose: (id: string, isChosen: boolean) => void;
}

/** Alerts as rows, one for each cause; what is so because of it is folded beneath. */
export function AlertTable(
  props: Choosing & {
    alerts: readonly Alert[];
    sorting: Sorting<'severity' | 'firedAt' | 'since' | 'lastSeenAt'>;
    isBusy: boolean;
  },
) {
  const { alerts, sorting, isBusy, ...choosing } = props;
  return (
    <TableFrame
      label="Alerts"
      columns={alertColumns}
      sorting={sorting}
      aria-busy={isBusy}
    >
      {groupByCause(alerts).map(group => (
        <GroupRows key={group.causeId} group={group} {...choosing} />
      ))}
    </TableFrame>
  );
}

function GroupRows(props: Choosing & { group: AlertGroup }) {
  const { group, chosen, onChoose } = props;
  const { cause, causeId, because } = group;
  const [isOpen, setIsOpen] = useState(false);
  const paths = useAirflowPaths();
  const row = (alert: Alert, isFolded: boolean) => (
    <AlertRow
      key={alert.id}
      alert={alert}
      isFolded={isFolded}
      isChosen={chosen.has(alert.id)}
      onChoose={isChosen => onChoose(alert.id, isChosen)}
    >
      {!isFolded && because.length > 0 && (
        <Fold isOpen={isOpen} onChange={setIsOpen}>
          and {because.length} more with the same cause
        </Fold>
      )}
    </AlertRow>
  );
  return (
    <>
      {cause ? (
        row(cause, false)
      ) : (
        <tr data-kind="alert-cause-elsewhere">
          <td colSpan={alertColumns.length} data-main>
            <Fold isOpen={isOpen} onChange={setIsOpen}>
              {because.length} because of another alert
            </Fold>{' '}
            <Link to={paths.alert(causeId)}>Open the cause</Link>
          </td>
        </tr>
      )}
      {isOpen && because.map(alert => row(alert, true))}
    </>
  );
}

/** Unfolds what is so because of a cause. */
function Fold(props: {
  isOpen: boolean;
  onChange: (isOpen: boolean) => void;
  children: ReactNode;
}) {
  const { isOpen, onChange, children } = props;
  return (
    <button
      type="button"
      className={styles.fold}
      aria-expanded={isOpen}
      onClick={() => onChange(!isOpen)}
      data-kind="alert-fold"
    >
      {children} <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
    </button>
  );
}
