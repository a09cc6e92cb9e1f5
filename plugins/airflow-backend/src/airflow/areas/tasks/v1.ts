import type {
  TaskInstance,
  TaskTry,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { RunRef, TaskInstanceRef } from '../../call';
import type { AirflowApi } from '../../http';
import { listOf } from '../../mapping/lists';
import { inOrder, taskInstance, taskTry } from '../../mapping/tasks';
import { lastMomentOf } from '../../mapping/time';
import { instancePath, runPath, runsPath } from '../paths';
import type { RunWindow } from '../runs';
import { RunsV1 } from '../runs/v1';
import { everyTask } from './everyTask';
import type { Tasks } from './types';

const listBody = listOf('task_instances', taskInstance);
const triesBody = listOf('task_instances', taskTry).or(
  listOf('task_instances_history', taskTry),
);

/** Tasks of Airflow 2. */
export class TasksV1 implements Tasks {
  constructor(private readonly api: AirflowApi) {}

  async *ofRun(run: RunRef) {
    let rows = 0;
    for await (const page of this.listedOf(run)) {
      rows += page.items.length + page.skipped;
      yield page;
    }
    // An Airflow 2 gives an empty list for a run that there is not; asking for the run tells.
    if (rows === 0) await new RunsV1(this.api).get(run);
  }

  ofRuns(dagId: string, window: Required<RunWindow>) {
    return everyTask(
      this.api.pageReader(
        {
          path: `${runsPath(dagId)}/~/taskInstances`,
          query: {
            execution_date_gte: window.runAfterFrom,
            execution_date_lte: lastMomentOf(window.runAfterTo),
          },
        },
        listBody,
      ),
    );
  }

  get(ref: TaskInstanceRef) {
    return this.api.json({ path: instancePath(ref) }, taskInstance);
  }

  async tries(ref: TaskInstanceRef) {
    if (!this.api.takes('task tries')) return unknownTries(await this.get(ref));
    const request = {
      path: `${instancePath(ref)}/tries`,
      query: { limit: 100 },
    };
    const { items } = await this.api.json(request, triesBody);
    // An Airflow 2 gives an empty list for a task that there is not; asking for the task tells.
    if (items.length === 0) await this.get(ref);
    return inOrder(items);
  }

  /** What is listed of a run: nothing, where there is no such run. */
  listedOf(run: RunRef) {
    const request = { path: `${runPath(run)}/taskInstances` };
    return everyTask(this.api.pageReader(request, listBody));
  }
}

/** Before 2.10 Airflow tells only of the last attempt. */
function unknownTries(instance: TaskInstance): TaskTry[] {
  const earlier = Math.max(0, instance.tryNumber - 1);
  return inOrder([
    ...Array.from(
      { length: earlier },
      (_, i): TaskTry => ({
        tryNumber: i + 1,
        state: 'unknown',
        startedAt: null,
        endedAt: null,
        durationMs: null,
        hostname: null,
      }),
    ),
    {
      tryNumber: instance.tryNumber,
      state: instance.state,
      startedAt: instance.startedAt,
      endedAt: instance.endedAt,
      durationMs: instance.durationMs,
      hostname: instance.hostname,
    },
  ]);
}
