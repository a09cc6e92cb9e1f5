import type { ErrorDefinition } from '../fleet/types';
import type { PlannedTask } from './graph';

/** A task that ends otherwise than planned, and moves what is downstream. */
export interface Disturbance {
  kind: 'fails' | 'retries' | 'waits';
  planned: PlannedTask;
  mapIndex: number;
  tries: number;
  tryMs: number;
  retryDelayMs: number;
  startAt: number;
  endAt: number;
  error: ErrorDefinition;
}

/** When a run is queued, starts and ends if nobody interferes. */
export interface RunPlan {
  queuedAt: number;
  startAt: number;
  endAt: number;
  outcome: 'success' | 'failed';
  /** Milliseconds of this run for a second of a usual one. */
  scale: number;
  disturbance?: Disturbance;
}
