import { z } from 'zod';
import { componentNames } from './cluster';
import { ownershipSchema } from './ownership';
import { instantSchema } from './time';

/**
 * The kinds of alert rules that come with the suite. Each looks at stored facts only.
 *
 * @public
 */
export const alertRuleTypes = [
  'cluster-unreachable',
  'component-unhealthy',
  'import-error',
  'run-failed',
  'failures-in-a-row',
  'run-too-long',
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
 * The life of an alert. `pending`: the condition holds, but not for as long as its rule asks. `firing`: somebody is to
 * know. `acknowledged`: somebody has it. `resolved`: proven right again, or closed by hand.
 *
 * @public
 */
export const alertStatuses = [
  'pending',
  'firing',
  'acknowledged',
  'resolved',
] as const;

/**
 * One of {@link alertStatuses}.
 *
 * @public
 */
export const alertStatusSchema = z.enum(alertStatuses);

/**
 * Where an alert is in its life; see {@link alertStatuses}.
 *
 * @public
 */
export type AlertStatus = z.infer<typeof alertStatusSchema>;

/**
 * What an alert is about, from wide to narrow. Causes inhibit what lies below them in this order.
 *
 * @public
 */
export const alertSubjectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cluster'), cluster: z.string() }),
  z.object({
    kind: z.literal('component'),
    cluster: z.string(),
    component: z.enum(componentNames),
  }),
  z.object({
    kind: z.literal('dag-file'),
    cluster: z.string(),
    filename: z.string(),
  }),
  z.object({
    kind: z.literal('dag'),
    cluster: z.string(),
    dagId: z.string(),
  }),
  z.object({
    kind: z.literal('run'),
    cluster: z.string(),
    dagId: z.string(),
    runId: z.string(),
  }),
]);

/**
 * What an alert is about; see {@link alertSubjectSchema}.
 *
 * @public
 */
export type AlertSubject = z.infer<typeof alertSubjectSchema>;

/**
 * The first task that failed in the run that an alert is about, with the error that its log ends in.
 *
 * @public
 */
export const alertFailureSchema = z.object({
  runId: z.string(),
  taskId: z.string(),
  /** -1 for a task that is not mapped. */
  mapIndex: z.number().int(),
  tryNumber: z.number().int(),
  /** The last line of the traceback, such as `ValueError: no rows`; null where the log holds none. */
  exception: z.string().nullable(),
  /** The lines of the log around the error, at most 40. */
  excerpt: z.array(z.string()),
});

/**
 * The first task that failed; see {@link alertFailureSchema}.
 *
 * @public
 */
export type AlertFailure = z.infer<typeof alertFailureSchema>;

/**
 * Why an alert is over: the fact that proves it, or the person who closed it.
 *
 * @public
 */
export const alertResolutionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('proof'),
    at: instantSchema,
    /** Such as `Run scheduled__2026-11-24 succeeded`. */
    text: z.string(),
    /** The run that proves it, where a run does. */
    runId: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('by-hand'),
    at: instantSchema,
    /** Entity ref of the person. */
    by: z.string(),
    reason: z.string(),
  }),
]);

/**
 * Why an alert is over; see {@link alertResolutionSchema}.
 *
 * @public
 */
export type AlertResolution = z.infer<typeof alertResolutionSchema>;

/**
 * One thing that is wrong, from when it was first seen until it is proven right again.
 *
 * @public
 */
export const alertSchema = z.object({
  id: z.string(),
  /** The name of the rule in the configuration. */
  rule: z.string(),
  ruleType: alertRuleTypeSchema,
  severity: severitySchema,
  status: alertStatusSchema,
  subject: alertSubjectSchema,
  /** One sentence that names the subject, such as `load_orders failed`. */
  title: z.string(),
  /** What was seen, such as `3 runs failed in a row`. */
  observed: z.string(),
  /** What the rule asks for, such as `fewer than 3 failures in a row`. */
  expected: z.string(),
  /** Since when the condition holds, as far as the facts tell. */
  since: instantSchema,
  firedAt: instantSchema.nullable(),
  /** When the condition was last found to hold. */
  lastSeenAt: instantSchema,
  /** When the facts that this rests on were read from Airflow; null when they never were. */
  factsReadAt: instantSchema.nullable(),
  /** The run that it is about, where there is one. */
  runId: z.string().nullable(),
  owner: ownershipSchema.nullable(),
  failure: alertFailureSchema.nullable(),
  acknowledged: z
    .object({
      at: instantSchema,
      /** Entity ref of the person. */
      by: z.string(),
      note: z.string().nullable(),
    })
    .nullable(),
  resolution: alertResolutionSchema.nullable(),
  /** The open alert that is the cause of this one; while it is open, nobody is told of this one. */
  inhibitedBy: z.string().nullable(),
  /** How often it came back after it was resolved. */
  reopened: z.number().int().nonnegative(),
});

/**
 * One thing that is wrong; see {@link alertSchema}.
 *
 * @public
 */
export type Alert = z.infer<typeof alertSchema>;

/**
 * What can happen in the life of an alert.
 *
 * @public
 */
export const alertEventKinds = [
  'noticed',
  'fired',
  'worse',
  'acknowledged',
  'inhibited',
  'released',
  'resolved',
  'reopened',
  'passed-on',
  'sent',
  'not-sent',
] as const;

/**
 * One entry of an alert's timeline.
 *
 * @public
 */
export const alertEventSchema = z.object({
  at: instantSchema,
  kind: z.enum(alertEventKinds),
  /** Entity ref of the person who did it; null for what the portal did. */
  by: z.string().nullable(),
  text: z.string(),
});

/**
 * One entry of an alert's timeline; see {@link alertEventSchema}.
 *
 * @public
 */
export type AlertEvent = z.infer<typeof alertEventSchema>;

/**
 * What a delivery tells: that an alert fires, or that it is resolved.
 *
 * @public
 */
export const noticeKinds = ['fired', 'resolved'] as const;

/**
 * `waiting`: to be sent, or tried again. `delivered`. `dead`: given up after the last try; somebody can send it again.
 * `dropped`: no longer wanted, as when the alert was resolved before anybody was told of it.
 *
 * @public
 */
export const deliveryStatuses = [
  'waiting',
  'delivered',
  'dead',
  'dropped',
] as const;

/**
 * One notice to one recipient over one channel.
 *
 * @public
 */
export const deliverySchema = z.object({
  id: z.string(),
  alertId: z.string(),
  alertTitle: z.string(),
  notice: z.enum(noticeKinds),
  /** The channel's name: `notifications`, or that of a webhook. */
  channel: z.string(),
  /** Entity ref of who is told; null where the channel itself knows. */
  recipient: z.string().nullable(),
  status: z.enum(deliveryStatuses),
  attempts: z.number().int().nonnegative(),
  createdAt: instantSchema,
  nextAttemptAt: instantSchema.nullable(),
  deliveredAt: instantSchema.nullable(),
  /** Why the last attempt failed, without secrets. */
  lastError: z.string().nullable(),
});

/**
 * One notice to one recipient over one channel; see {@link deliverySchema}.
 *
 * @public
 */
export type Delivery = z.infer<typeof deliverySchema>;

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
