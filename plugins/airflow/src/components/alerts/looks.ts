import type {
  AlertRuleType,
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

/** What each kind of rule looks for, as people say it. */
export const ruleWords: Record<AlertRuleType, string> = {
  'cluster-unreachable': 'cluster unreachable',
  'readings-failing': 'readings fail',
  'clock-skew': 'clock apart',
  'dags-vanished': 'DAGs vanished at once',
  'component-unhealthy': 'component unhealthy',
  'import-error': 'import error',
  'dag-vanished': 'DAG vanished',
  'run-failed': 'run failed',
  'failures-in-a-row': 'failures in a row',
  'older-run-failed': 'older run failed',
  'run-too-long': 'run takes too long',
  'run-stuck-queued': 'run waits',
  'run-missed': 'run missed',
  'no-success': 'no success',
};
