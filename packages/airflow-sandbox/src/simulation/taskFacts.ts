import { Attempt } from './attempts';
import { PlannedTask } from './graph';

/** Task instance states as Airflow writes them; null is "no status". */
export type TaskState =
  | 'success'
  | 'failed'
  | 'running'
  | 'queued'
  | 'scheduled'
  | 'up_for_retry'
  | 'upstream_failed'
  | 'skipped'
  | 'deferred'
  | 'awaiting_input'
  | null;

/** A task instance at one moment. */
export interface TaskFacts {
  planned: PlannedTask;
  mapIndex: number;
  state: TaskState;
  tryNumber: number;
  /** Grows with each clear, which grants the task its retries anew. */
  maxTries: number;
  scheduledAt: number | null;
  queuedAt: number | null;
  startAt: number | null;
  endAt: number | null;
  updatedAt: number;
  note: string | null;
  /** Every try that has begun, oldest first. */
  attempts: Attempt[];
}
