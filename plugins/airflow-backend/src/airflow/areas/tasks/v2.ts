import type { RunRef, TaskInstanceRef } from '../../call';
import type { AirflowApi } from '../../http';
import { listOf } from '../../mapping/lists';
import { inOrder, taskInstance, taskTry } from '../../mapping/tasks';
import { lastMomentOf } from '../../mapping/time';
import { instancePath, runPath, runsPath } from '../paths';
import type { RunWindow } from '../runs';
import type { Tasks } from './types';

const listBody = listOf('task_instances', taskInstance);
const triesBody = listOf('task_instances', taskTry);

/** Tasks of Airflow 3. */
export class TasksV2 implements Tasks {
  constructor(private readonly api: AirflowApi) {}

  ofRun(run: RunRef) {
    return this.api.pages({ path: `${runPath(run)}/taskInstances` }, listBody);
  }

  ofRuns(dagId: string, window: Required<RunWindow>) {
    return this.api.pages(
      {
        path: `${runsPath(dagId)}/~/taskInstances`,
        query: {
          run_after_gte: window.runAfterFrom,
          run_after_lte: lastMomentOf(window.runAfterTo),
        },
      },
      listBody,
    );
  }

  get(ref: TaskInstanceRef) {
    return this.api.json({ path: instancePath(ref) }, taskInstance);
  }

  async tries(ref: TaskInstanceRef) {
    const request = { path: `${instancePath(ref)}/tries` };
    const { items } = await this.api.json(request, triesBody);
    return inOrder(items);
  }
}
