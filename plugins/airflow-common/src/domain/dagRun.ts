import type { DagRunState, DagRunType } from './states';
import type { Instant } from './time';

/**
 * A DAG run, named by (cluster, dagId, runId).
 *
 * @public
 */
export type DagRun = {
  cluster: string;
  dagId: string;
  runId: string;
  state: DagRunState;
  type: DagRunType;
  /** Null for most runs that people or assets start on Airflow 3. */
  logicalDate: Instant | null;
  /** The time axis of runs: never null. On Airflow 2 the logical date, or when it was queued. */
  runAfter: Instant;
  /** For when Airflow announced it. On Airflow 2 the end of a scheduled run's interval; elsewhere `runAfter`. */
  dueAt: Instant;
  queuedAt: Instant | null;
  startedAt: Instant | null;
  endedAt: Instant | null;
  /** End minus start; null while it runs. */
  durationMs: number | null;
  /** `ui`, `rest_api`, `timetable`, …; null on Airflow 2. */
  triggeredBy: string | null;
  triggeringUser: string | null;
  note: string | null;
};

/**
 * A run with what is not stored of it, fetched live.
 *
 * @public
 */
export type DagRunDetails = DagRun & {
  /** An object in nearly every run, as {@link JsonText}, so that nothing in it is changed by being read. */
  conf: string;
  dataIntervalStart: Instant | null;
  dataIntervalEnd: Instant | null;
};
