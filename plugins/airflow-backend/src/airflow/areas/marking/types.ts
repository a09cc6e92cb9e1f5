import type {
  ClearedTask,
  Mark,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { RunRef } from '../../call';
import type { AirflowRunDetails } from '../runs';

/** Tasks of one run that are to be marked. */
export interface TaskMarking {
  runId: string;
  state: Mark;
  /** A `mapIndex` of null stands for every instance of the task. */
  tasks: readonly { taskId: string; mapIndex: number | null }[];
  upstream: boolean;
  downstream: boolean;
  /** Changes nothing. */
  dryRun: boolean;
}

/** How a person says that a run or a task is done, one way or the other. */
export interface Marking {
  /** With its tasks: those that have not ended, and on success in Airflow 2 those too that failed. */
  markRun(run: RunRef, state: Mark): Promise<AirflowRunDetails>;
  /**
   * Marks tasks by a dry run first; where nothing differs, nothing is sent.
   *
   * @returns what is marked, as it was before
   */
  markTasks(dagId: string, marking: TaskMarking): Promise<ClearedTask[]>;
}
