import { DagDefinition, Outage } from '../fleet/types';

/** What a plan depends on beside the DAG and the slot. */
export interface PlanContext {
  seed: number;
  outages: readonly Outage[];
  schedulerGaps: ReadonlyArray<{ from: number; to: number }>;
  schedulerDeadSince?: number;
  /** When a run queued at `at` may start, given the DAG's pauses. */
  activeFrom(dag: DagDefinition, at: number): number;
}
