import type { Instant } from './time';

/**
 * What a backfill does with a date that has a run already: leaves it (`none`), runs it again where it failed, or
 * wherever it has ended.
 *
 * @public
 */
export const reprocessBehaviors = ['none', 'failed', 'completed'] as const;

/**
 * A backfill as Airflow tells it (3.x): runs of a DAG for a span of dates that lies behind.
 *
 * @public
 */
export type Backfill = {
  id: number;
  from: Instant;
  to: Instant;
  paused: boolean;
  reprocess: (typeof reprocessBehaviors)[number] | 'unknown';
  maxActiveRuns: number;
  createdAt: Instant;
  /** Null while it goes on; a cancelled one is completed too. */
  completedAt: Instant | null;
};
