import { DagDefinition } from '../fleet/types';
import { StoredRun, RunTouch } from './overlay';
import { RunPlan } from './runPlan';

export type RunState = 'queued' | 'running' | 'success' | 'failed';
export type RunType =
  | 'scheduled'
  | 'manual'
  | 'asset_triggered'
  | 'backfill'
  | 'operator_triggered';

/** What the task instances of a run depend on. */
export interface RunContext {
  seed: number;
  dag: DagDefinition;
  runAfter: number;
  plan: RunPlan;
  touch: RunTouch | undefined;
  /** Whether tasks can wait for people in a state of their own (3.3+). */
  knowsAwaitingInput: boolean;
  /** Marking a run leaves the tasks that have ended as they are, on success too. */
  marksOnlyOpenTasks: boolean;
}

/** Names a run before anything about its outcome is worked out. */
export interface RunRef {
  dag: DagDefinition;
  runAfter: number;
  stored?: StoredRun;
}

/** What a run is called and what it is for, which no moment changes. */
export interface RunIdentity extends RunRef {
  runId: string;
  runType: RunType;
  logicalDate: number | null;
}

/** A DAG run at one moment. */
export interface RunFacts extends RunIdentity {
  dataIntervalStart: number | null;
  dataIntervalEnd: number | null;
  state: RunState;
  queuedAt: number;
  startAt: number | null;
  endAt: number | null;
  updatedAt: number;
  note: string | null;
  conf: Record<string, unknown>;
  user: string | null;
  plan: RunPlan;
  context: RunContext;
}
