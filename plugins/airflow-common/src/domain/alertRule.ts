import { z } from 'zod';

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
 * One of {@link alertRuleTypes}.
 *
 * @public
 */
export const alertRuleTypeSchema = z.enum(alertRuleTypes);

/**
 * The kind of an alert rule; see {@link alertRuleTypes}.
 *
 * @public
 */
export type AlertRuleType = z.infer<typeof alertRuleTypeSchema>;

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
 * One of {@link severities}.
 *
 * @public
 */
export const severitySchema = z.enum(severities);

/**
 * How bad an alert is; see {@link severities}.
 *
 * @public
 */
export type Severity = z.infer<typeof severitySchema>;

/**
 * A rule as it is in force.
 *
 * @public
 */
export const alertRuleSchema = z.object({
  name: z.string(),
  type: alertRuleTypeSchema,
  severity: severitySchema,
  /** Milliseconds for which the condition must hold before the alert fires. */
  forMs: z.number().int().nonnegative(),
  /** What the rule asks for, in words, with its threshold. */
  expected: z.string(),
  /** Which DAGs and clusters it looks at; a part that is left out does not narrow. */
  scope: z.object({
    clusters: z.array(z.string()).optional(),
    environments: z.array(z.string()).optional(),
    /** Ids, or globs with `*` and `?`. */
    dags: z.array(z.string()).optional(),
    tags: z.array(z.string()).optional(),
    /** Entity refs. */
    owners: z.array(z.string()).optional(),
  }),
  openAlerts: z.number().int().nonnegative(),
});

/**
 * A rule as it is in force; see {@link alertRuleSchema}.
 *
 * @public
 */
export type AlertRule = z.infer<typeof alertRuleSchema>;
