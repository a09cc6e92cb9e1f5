import type { Severity } from '@airflow-fleet/backstage-plugin-airflow-common';
import styles from './alerts.module.css';
import { severityGlyphs } from './looks';

/** How bad an alert is, with its glyph and its word. */
export function SeverityChip({ severity }: { severity: Severity }) {
  return (
    <span
      className={styles.chip}
      data-kind="alert-severity"
      data-look={severity}
    >
      <span aria-hidden="true">{severityGlyphs[severity]}</span> {severity}
    </span>
  );
}
