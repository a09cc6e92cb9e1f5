import type { TaskInstance } from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  ClearedTask,
  Mark,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { z } from 'zod';
import type { RunRef } from '../../call';
import { path, type AirflowApi } from '../../http';
import { everyOneOf } from '../../mapping/lists';
import { unsupported } from '../../unsupported';
import { identify } from '../clearing/identify';
import { runPath, taskPath } from '../paths';
import { RunsV1, runBody } from '../runs/v1';
import { TasksV1 } from '../tasks/v1';
import { distinct } from './distinct';
import type { Marking, TaskMarking } from './types';

/** Airflow 2 marks mapped instances one request each. */
const MOST_INSTANCES = 100;

const references = everyOneOf(
  'task_instances',
  z.object({ task_id: z.string() }).transform(raw => ({
    taskId: raw.task_id,
  })),
);

/** Marks in Airflow 2. */
export class MarkingV1 implements Marking {
  constructor(private readonly api: AirflowApi) {}

  markRun(run: RunRef, state: Mark) {
    return this.api.json(
      { method: 'PATCH', path: runPath(run), body: { state } },
      runBody,
    );
  }

  async markTasks(dagId: string, marking: TaskMarking) {
    const { runId, state, upstream, downstream } = marking;
    const all = await this.instances({ dagId, runId });
    const differing = all.filter(task => task.state !== state);
    const marked: ClearedTask[] = [];
    for (const task of marking.tasks) {
      const isMapped = all.some(
        ({ taskId, mapIndex }) => taskId === task.taskId && mapIndex >= 0,
      );
      if (isMapped && (upstream || downstream)) throw this.mappedAlone(task);
      marked.push(
        ...(isMapped
          ? await this.markMapped(dagId, marking, task, differing)
          : await this.markPlain(dagId, marking, task, differing)),
      );
    }
    return distinct(marked);
  }

  private async markPlain(
    dagId: string,
    marking: TaskMarking,
    { taskId }: TaskMarking['tasks'][number],
    differing: readonly TaskInstance[],
  ): Promise<ClearedTask[]> {
    const { runId, state, upstream, downstream, dryRun } = marking;
    const send = (isDryRun: boolean) =>
      this.api.json(
        {
          method: 'POST',
          path: path`/dags/${dagId}/updateTaskInstancesState`,
          body: {
            dry_run: isDryRun,
            task_id: taskId,
            dag_run_id: runId,
            new_state: state,
            include_upstream: upstream,
            include_downstream: downstream,
            include_future: false,
            include_past: false,
          },
        },
        references,
      );
    const { items } = await send(true);
    if (!dryRun && items.length > 0) await send(false);
    return identify(items, differing, { onlyFailed: false });
  }

  private async markMapped(
    dagId: string,
    { runId, state, dryRun }: TaskMarking,
    task: TaskMarking['tasks'][number],
    differing: readonly TaskInstance[],
  ): Promise<ClearedTask[]> {
    const { taskId, mapIndex } = task;
    const own = differing.filter(
      other =>
        other.taskId === taskId &&
        (mapIndex === null || other.mapIndex === mapIndex),
    );
    if (own.length > MOST_INSTANCES) throw this.tooMany(taskId, own.length);
    const every = taskPath({ dagId, runId, taskId });
    for (const instance of dryRun ? [] : own) {
      await this.api.send({
        method: 'PATCH',
        path: `${every}${path`/${instance.mapIndex}`}`,
        body: { dry_run: false, new_state: state },
      });
    }
    return own.map(({ state: before, ...instance }) => ({
      taskId,
      mapIndex: instance.mapIndex,
      state: before,
    }));
  }

  private async instances(run: RunRef) {
    // An Airflow 2 gives an empty list for a run that there is not; asking for the run tells.
    await new RunsV1(this.api).get(run);
    const all: TaskInstance[] = [];
    for await (const { items } of new TasksV1(this.api).listedOf(run)) {
      all.push(...items);
    }
    return all;
  }

  private mappedAlone({ taskId }: TaskMarking['tasks'][number]) {
    return unsupported(
      this.api,
      `is of version 2, which cannot mark what comes before or after the mapped task ${taskId} along with it`,
      `Mark ${taskId} by itself, then the others`,
    );
  }

  private tooMany(taskId: string, count: number) {
    return unsupported(
      this.api,
      `is of version 2, which marks mapped instances one by one, and ${taskId} has ${count}`,
      `Mark the run, or up to ${MOST_INSTANCES} instances`,
    );
  }
}
