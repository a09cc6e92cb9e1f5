import { z } from 'zod';
import { alertRuleTypeSchema, severitySchema } from './alertRule';
import { componentNames } from './cluster';
import { ownershipSchema } from './ownership';
import { instantSchema } from './time';

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
 * How far the search is for why the run of an alert failed. `looking`: to be asked, or asked again. `found`. `none`: all
 * was read and tells of no error. `unreadable`: given up.
 *
 * @public
 */
export const alertExplanationSchema = z.object({
  state: z.enum(['looking', 'found', 'none', 'unreadable']),
  tries: z.number().int().nonnegative(),
  /** When it is asked next, at the earliest; null when it is not. */
  nextAt: instantSchema.nullable(),
  /** Why there is no error, or none yet. */
  because: z.string().nullable(),
});

/**
 * How far the search for the error is; see {@link alertExplanationSchema}.
 *
 * @public
 */
export type AlertExplanation = z.infer<typeof alertExplanationSchema>;

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
  /** When the portal first saw it, or saw it again after it was over; `for` counts from then. */
  noticedAt: instantSchema,
  firedAt: instantSchema.nullable(),
  /** When the condition was last found to hold. */
  lastSeenAt: instantSchema,
  /** When the facts that this rests on were read from Airflow; null when they never were. */
  factsReadAt: instantSchema.nullable(),
  /** Of an open one, since when these facts cannot be read, so that nobody knows how it is; left out while they can. */
  blindSince: instantSchema.optional(),
  /** The run that it is about, where there is one. */
  runId: z.string().nullable(),
  owner: ownershipSchema.nullable(),
  failure: alertFailureSchema.nullable(),
  /** Null for an alert that is about no failed run. */
  explanation: alertExplanationSchema.nullable(),
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
  /** How often it began to fire within the last hour, when that is often enough to be told once and then left alone. */
  flapping: z
    .object({ times: z.number().int().positive(), since: instantSchema })
    .nullable(),
  /** True for what was so already when the portal first read the cluster by this rule. */
  oldNews: z.boolean(),
});

/**
 * One thing that is wrong; see {@link alertSchema}.
 *
 * @public
 */
export type Alert = z.infer<typeof alertSchema>;
