import type {
  ClearedTask,
  Mark,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import type { CallOptions } from '../call';
import { path, type AirflowApi } from '../http';
import { everyOneOf } from '../mapping/lists';
import { taskInstance } from '../mapping/tasks';
import { runBody } from '../v2/bodies';
import { distinct } from './distinct';
import type { Marking, TaskMarking } from './index';

const touched = everyOneOf('task_instances', taskInstance);

/** Marks in Airflow 3. */
export class MarkingV2 implements Marking {
  constructor(private readonly api: AirflowApi) {}

  markRun(dagId: string, runId: string, state: Mark, call?: CallOptions) {
    return this.api.json(
      {
        method: 'PATCH',
        path: path`/api/v2/dags/${dagId}/dagRuns/${runId}`,
        query: { update_mask: ['state'] },
        body: { state },
      },
      runBody,
      call,
    );
  }

  async markTasks(dagId: string, marking: TaskMarking, call?: CallOptions) {
    const { state, upstream, downstream, dryRun } = marking;
    const body = {
      new_state: state,
      include_upstream: upstream,
      include_downstream: downstream,
    };
    const marked: ClearedTask[] = [];
    for (const task of marking.tasks) {
      const one = instancePath(dagId, marking.runId, task);
      const { items } = await this.api.json(
        { method: 'PATCH', path: `${one}/dry_run`, body },
        touched,
        call,
      );
      marked.push(
        ...items.map(({ taskId, mapIndex, state: before }) => ({
          taskId,
          mapIndex,
          state: before,
        })),
      );
      if (dryRun || items.length === 0) continue;
      const deed = { method: 'PATCH', path: one, body } as const;
      await this.api.json(deed, z.unknown(), call);
    }
    return distinct(marked);
  }
}

/** Without a map index Airflow 3 takes every instance. */
function instancePath(
  dagId: string,
  runId: string,
  { taskId, mapIndex }: TaskMarking['tasks'][number],
): string {
  const task = path`/api/v2/dags/${dagId}/dagRuns/${runId}/taskInstances/${taskId}`;
  return mapIndex === null || mapIndex < 0
    ? task
    : `${task}${path`/${mapIndex}`}`;
}
