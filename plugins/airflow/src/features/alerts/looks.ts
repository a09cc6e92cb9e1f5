import type {
  AlertStatus,
  Severity,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** How a severity is told without colour. */
export const severityGlyphs: Record<Severity, string> = {
  critical: '✖',
  warning: '▲',
  info: 'ⓘ',
};

/** How the state of an alert is told without colour. */
export const statusGlyphs: Record<AlertStatus, string> = {
  pending: '◌',
  firing: '●',
  acknowledged: '◐',
  resolved: '✔',
};
