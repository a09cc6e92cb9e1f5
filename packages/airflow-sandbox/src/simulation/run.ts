import { DagDefinition } from '../fleet/types';
import { ManualRun } from './overlay';
import { RunPlan } from './plan';
import { RunContext } from './taskInstances';

export type RunState = 'queued' | 'running' | 'success' | 'failed';
export type RunType =
  | 'scheduled'
  | 'manual'
  | 'asset_triggered'
  | 'backfill'
  | 'operator_triggered';

/** Names a run before anything about its outcome is worked out. */
export interface RunRef {
  dag: DagDefinition;
  runAfter: number;
  manual?: ManualRun;
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
