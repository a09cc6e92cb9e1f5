/**
 * The kinds of alert rules that come with the suite. Each looks at stored facts only.
 *
 * @public
 */
export const alertRuleTypes = [
  'cluster-unreachable',
  'readings-failing',
  'clock-skew',
  'dags-vanished',
  'component-unhealthy',
  'import-error',
  'dag-vanished',
  'run-failed',
  'failures-in-a-row',
  'older-run-failed',
  'run-too-long',
  'run-stuck-queued',
  'run-missed',
  'no-success',
] as const;

/**
 * The kind of an alert rule; see {@link alertRuleTypes}.
 *
 * @public
 */
export type AlertRuleType = (typeof alertRuleTypes)[number];

/**
 * What each kind of rule looks for, as people say it.
 *
 * @public
 */
export const alertRuleWords: Record<AlertRuleType, string> = {
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

/**
 * How bad it is, worst first. `critical` wakes somebody, `warning` waits for the morning, `info` is good to know.
 *
 * @public
 */
export const severities = ['critical', 'warning', 'info'] as const;

/**
 * How bad an alert is; see {@link severities}.
 *
 * @public
 */
export type Severity = (typeof severities)[number];

/**
 * A rule as it is in force.
 *
 * @public
 */
export type AlertRule = {
  name: string;
  type: AlertRuleType;
  severity: Severity;
  /** Milliseconds for which the condition must hold before the alert fires. */
  forMs: number;
  /** What the rule asks for, in words, with its threshold. */
  expected: string;
  /** Which DAGs and clusters it looks at; a part that is left out does not narrow. */
  scope: {
    clusters?: string[];
    environments?: string[];
    /** Ids, or globs with `*` and `?`. */
    dags?: string[];
    tags?: string[];
    /** Entity refs. */
    owners?: string[];
  };
  openAlerts: number;
};
