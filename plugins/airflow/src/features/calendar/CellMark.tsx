import type { CalendarCell } from '@airflow-fleet/backstage-plugin-airflow-common';
import { stateLook } from '../../ui/state';
import styles from './calendar.module.css';
import { cellState, failedShare } from './days';

/** How a day or hour went: failures stand on top, as high as their share, with a glyph of their own. */
export function CellMark({ cell }: { cell: CalendarCell | undefined }) {
  if (!cell) return null;
  const failed = Math.ceil(failedShare(cell) * 100);
  const rest = cell.success > 0 ? 'success' : 'running';
  return (
    <span className={styles.mark} aria-hidden="true">
      {failed > 0 && (
        <span
          className={`${stateLook} ${styles.part}`}
          data-state="failed"
          style={{ height: `${Math.max(failed, 40)}%` }}
        >
          ✖
        </span>
      )}
      {cellState(cell) !== 'failed' || failed < 100 ? (
        <span
          className={`${stateLook} ${styles.part} ${styles.rest}`}
          data-state={rest}
        />
      ) : null}
    </span>
  );
}
