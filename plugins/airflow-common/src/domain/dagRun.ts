import { z } from 'zod';
import { dagRunStateSchema, dagRunTypeSchema } from './states';
import { instantSchema } from './time';

/**
 * A DAG run, named by (cluster, dagId, runId).
 *
 * @public
 */
export const dagRunSchema = z.object({
  cluster: z.string(),
  dagId: z.string(),
  runId: z.string(),
  state: dagRunStateSchema,
  type: dagRunTypeSchema,
  /** Null for most runs that people or assets start on Airflow 3. */
  logicalDate: instantSchema.nullable(),
  /** The time axis of runs: never null. On Airflow 2 the logical date, or when it was queued. */
  runAfter: instantSchema,
  /** For when Airflow announced it. On Airflow 2 the end of a scheduled run's interval; elsewhere `runAfter`. */
  dueAt: instantSchema,
  queuedAt: instantSchema.nullable(),
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  /** End minus start; null while it runs. */
  durationMs: z.number().nonnegative().nullable(),
  /** `ui`, `rest_api`, `timetable`, …; null on Airflow 2. */
  triggeredBy: z.string().nullable(),
  triggeringUser: z.string().nullable(),
  note: z.string().nullable(),
});

/**
 * A run as stored; see {@link dagRunSchema}.
 *
 * @public
 */
export type DagRun = z.infer<typeof dagRunSchema>;

/**
 * A run with what is not stored of it, fetched live.
 *
 * @public
 */
export const dagRunDetailsSchema = dagRunSchema.extend({
  /** An object in nearly every run, as {@link JsonText}, so that nothing in it is changed by being read. */
  conf: z.string(),
  dataIntervalStart: instantSchema.nullable(),
  dataIntervalEnd: instantSchema.nullable(),
});

/**
 * A run with its conf and data interval; see {@link dagRunDetailsSchema}.
 *
 * @public
 */
export type DagRunDetails = z.infer<typeof dagRunDetailsSchema>;
