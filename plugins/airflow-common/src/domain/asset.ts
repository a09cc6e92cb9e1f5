import type { Instant } from './time';

/**
 * Data that DAGs write and wait for: an asset of Airflow 3, a dataset of Airflow 2.
 *
 * @public
 */
export type Asset = {
  id: number;
  name: string;
  uri: string;
  /** DAGs that run when it was written. */
  consumers: string[];
  /** Tasks that write it. */
  producers: { dagId: string; taskId: string }[];
  /** When it was written last; null when never, or where Airflow does not tell. */
  lastEventAt: Instant | null;
};

/**
 * One writing of an asset, by a task or from outside, and the runs that it started.
 *
 * @public
 */
export type AssetEvent = {
  id: number;
  assetId: number;
  name: string;
  at: Instant;
  /** Null when it came from outside of every DAG. */
  source: { dagId: string; runId: string; taskId: string } | null;
  startedRuns: { dagId: string; runId: string }[];
};
