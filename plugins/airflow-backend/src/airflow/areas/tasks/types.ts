import type {
  TaskInstance,
  TaskTry,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Page, RunRef, TaskInstanceRef } from '../../call';
import type { RunWindow } from '../runs';

/** The tasks of runs, with their attempts. */
export interface Tasks {
  ofRun(run: RunRef): AsyncGenerator<Page<TaskInstance>>;
  /** Those of every run of the DAG that is due within the window. */
  ofRuns(
    dagId: string,
    window: Required<RunWindow>,
  ): AsyncGenerator<Page<TaskInstance>>;
  get(ref: TaskInstanceRef): Promise<TaskInstance>;
  /** Oldest first. */
  tries(ref: TaskInstanceRef): Promise<TaskTry[]>;
}
