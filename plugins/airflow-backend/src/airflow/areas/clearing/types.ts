import type { ClearedTask } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { RunRef } from '../../call';

/** How far a clear goes. */
export interface ClearMode {
  /** Leaves out what neither failed nor was held up by a failure. */
  onlyFailed: boolean;
  /** Changes nothing. */
  dryRun: boolean;
}

/** Tasks of one run that are to be cleared. */
export interface TaskClearing extends ClearMode {
  runId: string;
  /** A `mapIndex` of null stands for every instance of the task. */
  tasks: readonly { taskId: string; mapIndex: number | null }[];
  /** Whatever comes after them too. */
  downstream: boolean;
}

/** How a person has a run, or some of it, run again. Nothing outside the run is ever touched. */
export interface Clearing {
  /** @returns what is cleared, as it was before */
  clearRun(run: RunRef, mode: ClearMode): Promise<ClearedTask[]>;
  /**
   * Airflow 2 refuses one instance of a mapped task as `unsupported`.
   *
   * @returns what is cleared, as it was before
   */
  clearTasks(dagId: string, clearing: TaskClearing): Promise<ClearedTask[]>;
}
