import type {
  ClearedTask,
  Mark,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { AirflowRunDetails } from '../AirflowClient';
import type { CallOptions } from '../call';
import type { Area } from '../area';
import { MarkingV1 } from './v1';
import { MarkingV2 } from './v2';

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
  markRun(
    dagId: string,
    runId: string,
    state: Mark,
    call?: CallOptions,
  ): Promise<AirflowRunDetails>;
  /**
   * Marks tasks by a dry run first; where nothing differs, nothing is sent.
   *
   * @returns what is marked, as it was before
   */
  markTasks(
    dagId: string,
    marking: TaskMarking,
    call?: CallOptions,
  ): Promise<ClearedTask[]>;
}

export const marking: Area<Marking> = {
  v1: api => new MarkingV1(api),
  v2: api => new MarkingV2(api),
};
