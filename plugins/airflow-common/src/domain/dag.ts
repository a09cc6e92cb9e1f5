import { z } from 'zod';
import { dagRunSchema } from './dagRun';
import { ownershipSchema } from './ownership';
import { instantSchema } from './time';

/**
 * When a DAG runs. `expression` is what Airflow gives (a cron, a duration, an asset expression),
 * `description` its own words for it.
 *
 * @public
 */
export const scheduleSchema = z.object({
  kind: z.enum(['cron', 'interval', 'asset', 'continuous', 'other', 'none']),
  expression: z.string().nullable(),
  description: z.string().nullable(),
});

/**
 * When a DAG runs; see {@link scheduleSchema}.
 *
 * @public
 */
export type Schedule = z.infer<typeof scheduleSchema>;

/**
 * Whether Airflow still has a DAG. `listed`: it does. `broken`: its file cannot be imported, so nothing of it runs.
 * `unparsed`: Airflow has not parsed its file for far longer than it takes for others. `doubted`: it was not found,
 * but neither were many others, which is not believed. `vanished`: no file holds it any more. `deleted`: it is not
 * even in Airflow's database, or somebody said that it is gone for good.
 *
 * @public
 */
export const dagPresences = [
  'listed',
  'broken',
  'unparsed',
  'doubted',
  'vanished',
  'deleted',
] as const;

/**
 * One of {@link dagPresences}.
 *
 * @public
 */
export type DagPresence = (typeof dagPresences)[number];

/**
 * Whether Airflow still has a DAG, since when it is so, and why.
 *
 * @public
 */
export const presenceSchema = z.object({
  state: z.enum(dagPresences),
  /** Null for a DAG that was never anything but listed. */
  since: instantSchema.nullable(),
  /** In words that go on from "because"; null for a DAG that is listed. */
  reason: z.string().nullable(),
});

/**
 * Whether Airflow still has a DAG; see {@link presenceSchema}.
 *
 * @public
 */
export type Presence = z.infer<typeof presenceSchema>;

/**
 * A DAG as the store keeps it. It is named by (cluster, dagId).
 *
 * @public
 */
export const dagSchema = z.object({
  cluster: z.string(),
  dagId: z.string(),
  displayName: z.string(),
  description: z.string().nullable(),
  paused: z.boolean(),
  hasImportErrors: z.boolean(),
  tags: z.array(z.string()),
  /** As Airflow tells them. */
  owners: z.array(z.string()),
  /** Who answers for it, as a group or user of the catalog; null when nothing names anybody. */
  owner: ownershipSchema.nullable(),
  schedule: scheduleSchema,
  /** The run that Airflow announces next, in UTC; null when none is announced. */
  nextRunAt: instantSchema.nullable(),
  fileLocation: z.string().nullable(),
  lastParsedAt: instantSchema.nullable(),
  maxActiveRuns: z.number().int().nullable(),
  /** When it was last seen in Airflow. */
  readAt: instantSchema,
  presence: presenceSchema,
  /** Since when it is vanished or deleted; what was stored stays readable. */
  goneAt: instantSchema.nullable(),
});

/**
 * A DAG as stored; see {@link dagSchema}.
 *
 * @public
 */
export type Dag = z.infer<typeof dagSchema>;

/**
 * The time zone in which a DAG's schedule is meant. No Airflow tells it: `tag` was set by a tag of the DAG;
 * `cluster` is the default of its cluster, and `inferred` another one, in which the schedule has a run whenever Airflow
 * announced one, and no other would differ within a year. Where others would, it is `open`: `names` has the likeliest
 * first, one for all that would not differ, of `total`.
 *
 * @public
 */
export const dagZoneSchema = z.discriminatedUnion('source', [
  z.object({
    source: z.enum(['tag', 'cluster', 'inferred']),
    name: z.string(),
  }),
  z.object({
    source: z.literal('open'),
    names: z.array(z.string()),
    total: z.number().int(),
  }),
]);

/**
 * The time zone of a DAG; see {@link dagZoneSchema}.
 *
 * @public
 */
export type DagZone = z.infer<typeof dagZoneSchema>;

/**
 * How a DAG fails whose newest finished run failed, in the order of what runs are for.
 *
 * @public
 */
export const failingSchema = z.object({
  /** How many runs failed since it last succeeded. */
  failures: z.number().int().positive(),
  /** When the first of those ended. */
  since: instantSchema,
});

/**
 * How a DAG fails; see {@link failingSchema}.
 *
 * @public
 */
export type Failing = z.infer<typeof failingSchema>;

/**
 * A DAG in a list: with its last runs, newest last, so that a row can draw them.
 *
 * @public
 */
export const dagListItemSchema = dagSchema.extend({
  /** Null where none was set, and nothing was announced to go by or no zone fits. */
  zone: dagZoneSchema.nullable(),
  /** The newest in the order of what runs are for, whether it has ended or not. */
  lastRun: dagRunSchema.nullable(),
  /** At most 14, oldest first. */
  recentRuns: z.array(
    dagRunSchema.pick({
      runId: true,
      state: true,
      runAfter: true,
      startedAt: true,
      durationMs: true,
    }),
  ),
  /** Share of successful among the finished runs of `recentRuns`, 0 to 1; null when none finished. */
  successRate: z.number().min(0).max(1).nullable(),
  /** Null when its newest finished run did not fail. */
  failing: failingSchema.nullable(),
});

/**
 * A DAG with its last runs; see {@link dagListItemSchema}.
 *
 * @public
 */
export type DagListItem = z.infer<typeof dagListItemSchema>;

/**
 * One parameter of a DAG as Airflow describes it: a JSON schema with a default, each as {@link JsonText}, so that
 * nothing in it is changed by being read.
 *
 * @public
 */
export const dagParamSchema = z.object({
  name: z.string(),
  value: z.string(),
  description: z.string().nullable(),
  schema: z.string(),
});

/**
 * A parameter of a DAG; see {@link dagParamSchema}.
 *
 * @public
 */
export type DagParam = z.infer<typeof dagParamSchema>;

/**
 * What only Airflow itself knows of a DAG, fetched live.
 *
 * @public
 */
export const dagDetailsSchema = z.object({
  docMd: z.string().nullable(),
  params: z.array(dagParamSchema),
  startDate: instantSchema.nullable(),
  endDate: instantSchema.nullable(),
  catchup: z.boolean().nullable(),
  maxActiveTasks: z.number().int().nullable(),
  /** Seconds. */
  runTimeoutSeconds: z.number().nullable(),
  /** So many failed runs in a row pause it; null for never, or where Airflow does not tell. */
  pausesAfterFailures: z.number().int().positive().nullable(),
  /** Whether its templates give Python values instead of text. */
  rendersNative: z.boolean().nullable(),
  /** Newest version, as Airflow 3 counts them. */
  version: z.number().int().nullable(),
  bundle: z.string().nullable(),
  /** Such as a commit. */
  bundleVersion: z.string().nullable(),
  parseDurationMs: z.number().nullable(),
  /**
   * Why Airflow makes no backfill of it: its schedule names no dates (there is none, or assets start it, or it runs
   * once or always), or its file allows no such runs. Null when it makes one, and on Airflow 2.
   */
  backfillRefusal: z.enum(['no-dates', 'not-allowed']).nullable(),
});

/**
 * What is fetched live of a DAG; see {@link dagDetailsSchema}.
 *
 * @public
 */
export type DagDetails = z.infer<typeof dagDetailsSchema>;
