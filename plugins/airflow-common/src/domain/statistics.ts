import type { Instant } from './time';

/**
 * How the stored runs of a DAG went within some days.
 *
 * @public
 */
export type RunStatistics = {
  days: number;
  runs: number;
  success: number;
  failed: number;
  /** Median of the successful runs; null when there are none. */
  medianMs: number | null;
  /** As long or shorter were 95 of 100 successful runs. */
  p95Ms: number | null;
  /** Median from queued to started; null where Airflow does not tell when a run was queued, as before 3.0. */
  queuedMs: number | null;
};

/**
 * How the instances of one task went, over some runs of its DAG.
 *
 * @public
 */
export type TaskStatistics = {
  taskId: string;
  instances: number;
  success: number;
  failed: number;
  /** Instances that were tried more than once. */
  retried: number;
  medianMs: number | null;
  p95Ms: number | null;
  /** Median from queued to started. */
  queuedMs: number | null;
};

/**
 * The runs of a DAG that were due within one day or hour of a calendar.
 *
 * @public
 */
export type CalendarCell = {
  startsAt: Instant;
  success: number;
  failed: number;
  /** Not ended yet. */
  unfinished: number;
};
