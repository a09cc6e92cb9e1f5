import { z } from 'zod';
import { instantSchema } from './time';

const count = z.number().int().nonnegative();
const ms = z.number().nonnegative().nullable();

/**
 * How the stored runs of a DAG went within some days.
 *
 * @public
 */
export const runStatisticsSchema = z.object({
  days: z.number().int().positive(),
  runs: count,
  success: count,
  failed: count,
  /** Median of the successful runs; null when there are none. */
  medianMs: ms,
  /** As long or shorter were 95 of 100 successful runs. */
  p95Ms: ms,
  /** Median from queued to started; null where Airflow does not tell when a run was queued, as before 3.0. */
  queuedMs: ms,
});

/**
 * How stored runs went; see {@link runStatisticsSchema}.
 *
 * @public
 */
export type RunStatistics = z.infer<typeof runStatisticsSchema>;

/**
 * How the instances of one task went, over some runs of its DAG.
 *
 * @public
 */
export const taskStatisticsSchema = z.object({
  taskId: z.string(),
  instances: count,
  success: count,
  failed: count,
  /** Instances that were tried more than once. */
  retried: count,
  medianMs: ms,
  p95Ms: ms,
  /** Median from queued to started. */
  queuedMs: ms,
});

/**
 * How the instances of one task went; see {@link taskStatisticsSchema}.
 *
 * @public
 */
export type TaskStatistics = z.infer<typeof taskStatisticsSchema>;

/**
 * The runs of a DAG that were due within one day or hour of a calendar.
 *
 * @public
 */
export const calendarCellSchema = z.object({
  startsAt: instantSchema,
  success: count,
  failed: count,
  /** Not ended yet. */
  unfinished: count,
});

/**
 * A day or hour of a calendar; see {@link calendarCellSchema}.
 *
 * @public
 */
export type CalendarCell = z.infer<typeof calendarCellSchema>;
