import type { AlertStatus } from '@airflow-fleet/backstage-plugin-airflow-common';
import styles from './alerts.module.css';
import { statusGlyphs } from './looks';

/** Where an alert is in its life, with its glyph and its word. */
export function StatusChip({ status }: { status: AlertStatus }) {
  return (
    <span className={styles.chip} data-kind="alert-status" data-look={status}>
      <span aria-hidden="true">{statusGlyphs[status]}</span> {status}
    </span>
  );
}
