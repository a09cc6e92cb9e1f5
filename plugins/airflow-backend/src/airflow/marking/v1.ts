import type {
  ClearedTask,
  Mark,
  TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import type { CallOptions } from '../call';
import { path, type AirflowApi } from '../http';
import { everyOneOf, listOf } from '../mapping/lists';
import { taskInstance } from '../mapping/tasks';
import { unsupported } from '../unsupported';
import { runBody } from '../v1/bodies';
import { identify } from '../v1/clearing';
import { everyTask } from '../v1/everyTask';
import { distinct } from './distinct';
import type { Marking, TaskMarking } from './index';

/** Airflow 2 marks mapped instances one request each. */
const MOST_INSTANCES = 100;

const references = everyOneOf(
  'task_instances',
  z.object({ task_id: z.string() }).transform(told => ({
    taskId: told.task_id,
  })),
);

/** Marks in Airflow 2. */
export class MarkingV1 implements Marking {
  constructor(private readonly api: AirflowApi) {}

  markRun(dagId: string, runId: string, state: Mark, call?: CallOptions) {
    return this.api.json(
      {
        method: 'PATCH',
        path: path`/api/v1/dags/${dagId}/dagRuns/${runId}`,
        body: { state },
      },
      runBody,
      call,
    );
  }

  async markTasks(dagId: string, marking: TaskMarking, call?: CallOptions) {
    const { runId, state, upstream, downstream } = marking;
    const all = await this.instances(dagId, runId, call);
    const differing = all.filter(task => task.state !== state);
    const marked: ClearedTask[] = [];
    for (const task of marking.tasks) {
      const isMapped = all.some(
        ({ taskId, mapIndex }) => taskId === task.taskId && mapIndex >= 0,
      );
      if (isMapped && (upstream || downstream)) throw this.mappedAlone(task);
      marked.push(
        ...(isMapped
          ? await this.markMapped(dagId, marking, task, differing, call)
          : await this.markPlain(dagId, marking, task, differing, call)),
      );
    }
    return distinct(marked);
  }

  private async markPlain(
    dagId: string,
    marking: TaskMarking,
    { taskId }: TaskMarking['tasks'][number],
    differing: readonly TaskInstance[],
    call?: CallOptions,
  ): Promise<ClearedTask[]> {
    const { runId, state, upstream, downstream, dryRun } = marking;
    const send = (isDryRun: boolean) =>
      this.api.json(
        {
          method: 'POST',
          path: path`/api/v1/dags/${dagId}/updateTaskInstancesState`,
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
        call,
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
    call?: CallOptions,
  ): Promise<ClearedTask[]> {
    const { taskId, mapIndex } = task;
    const own = differing.filter(
      other =>
        other.taskId === taskId &&
        (mapIndex === null || other.mapIndex === mapIndex),
    );
    if (own.length > MOST_INSTANCES) throw this.tooMany(taskId, own.length);
    for (const instance of dryRun ? [] : own) {
      await this.api.send(
        {
          method: 'PATCH',
          path: path`/api/v1/dags/${dagId}/dagRuns/${runId}/taskInstances/${taskId}/${instance.mapIndex}`,
          body: { dry_run: false, new_state: state },
        },
        call,
      );
    }
    return own.map(({ state: before, ...instance }) => ({
      taskId,
      mapIndex: instance.mapIndex,
      state: before,
    }));
  }

  private async instances(dagId: string, runId: string, call?: CallOptions) {
    // An Airflow 2 gives an empty list for a run that there is not; asking for the run tells.
    const run = path`/api/v1/dags/${dagId}/dagRuns/${runId}`;
    await this.api.json({ path: run }, runBody, call);
    const all: TaskInstance[] = [];
    const pages = everyTask(({ limit, offset, isolating }) =>
      this.api.json(
        { path: `${run}/taskInstances`, query: { limit, offset }, isolating },
        listOf('task_instances', taskInstance),
        call,
      ),
    );
    for await (const { items } of pages) all.push(...items);
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
