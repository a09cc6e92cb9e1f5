import type {
  ClearedTask,
  Mark,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { z } from 'zod';
import type { RunRef } from '../../call';
import type { AirflowApi } from '../../http';
import { everyOneOf } from '../../mapping/lists';
import { taskInstance } from '../../mapping/tasks';
import { instancePath, runPath } from '../paths';
import { runBody } from '../runs/v2';
import { distinct } from './distinct';
import type { Marking, TaskMarking } from './types';

const touched = everyOneOf('task_instances', taskInstance);

/** Marks in Airflow 3. */
export class MarkingV2 implements Marking {
  constructor(private readonly api: AirflowApi) {}

  markRun(run: RunRef, state: Mark) {
    return this.api.json(
      {
        method: 'PATCH',
        path: runPath(run),
        query: { update_mask: ['state'] },
        body: { state },
      },
      runBody,
    );
  }

  async markTasks(dagId: string, marking: TaskMarking) {
    const { state, upstream, downstream, dryRun } = marking;
    const body = {
      new_state: state,
      include_upstream: upstream,
      include_downstream: downstream,
    };
    const marked: ClearedTask[] = [];
    for (const task of marking.tasks) {
      const one = instancePath({
        dagId,
        runId: marking.runId,
        taskId: task.taskId,
        // Without a map index Airflow 3 takes every instance.
        mapIndex: task.mapIndex ?? -1,
      });
      const { items } = await this.api.json(
        { method: 'PATCH', path: `${one}/dry_run`, body },
        touched,
      );
      marked.push(
        ...items.map(({ taskId, mapIndex, state: before }) => ({
          taskId,
          mapIndex,
          state: before,
        })),
      );
      if (dryRun || items.length === 0) continue;
      const change = { method: 'PATCH', path: one, body } as const;
      await this.api.json(change, z.unknown());
    }
    return distinct(marked);
  }
}
