import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { AlertActions } from '../../features/alerts';
import styles from './AlertsPage.module.css';

/** Chooses all alerts shown, and acts on those that are chosen. */
export function SelectionBar(props: {
  alerts: readonly Alert[];
  chosen: ReadonlySet<string>;
  onChoose: (ids: readonly string[]) => void;
}) {
  const open = props.alerts.filter(({ status }) => status !== 'resolved');
  const chosen = open.filter(({ id }) => props.chosen.has(id));
  if (open.length === 0) return null;
  const hasAll = chosen.length === open.length;
  return (
    <div className={styles.selection} data-kind="alert-selection">
      <label>
        <input
          type="checkbox"
          checked={hasAll}
          ref={box => {
            if (box) box.indeterminate = chosen.length > 0 && !hasAll;
          }}
          onChange={() =>
            props.onChoose(hasAll ? [] : open.map(({ id }) => id))
          }
          data-kind="alert-select-all"
        />{' '}
        {chosen.length > 0
          ? `${chosen.length} of ${open.length} chosen`
          : `Choose all ${open.length}`}
      </label>
      <AlertActions alerts={chosen} onDone={() => props.onChoose([])} />
    </div>
  );
}
