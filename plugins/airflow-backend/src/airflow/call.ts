import type { Instant } from '@airflow-fleet/backstage-plugin-airflow-common';

/** Given to every call. */
export interface CallOptions {
  signal?: AbortSignal;
  /** Called once for each request that is sent to Airflow, retries and sign-in included. */
  onRequest?: () => void;
  /**
   * A person asks for it, or another replica was let in since: refused credentials are tried at once, and not when
   * their pause is over.
   */
  force?: boolean;
  /** For how long refused credentials were left alone before this tries them, by whichever replica. */
  pausedMs?: number;
}

/**
 * One page as it was received. Paging goes on by the number of rows received, so a server that caps the page size
 * silently loses nothing.
 */
export interface Page<T> {
  items: T[];
  /** Rows of this page that Airflow could not serve, or that could not be read, and that were left out. */
  skipped: number;
  /** Which the first of them is, and what is wrong with it. */
  why?: string;
}

/** Names a run. */
export interface RunRef {
  dagId: string;
  runId: string;
}

/** Names a run by when it is due too. */
export interface RunAt extends RunRef {
  /** As `runAfter` of the run, which never changes. */
  runAfter: Instant;
}

/** Names one task instance. `mapIndex` -1 stands for a task that is not mapped. */
export interface TaskInstanceRef extends RunRef {
  taskId: string;
  mapIndex: number;
}
