import type { ClearedTask } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { z } from 'zod';
import type { RunRef } from '../../call';
import { path, type AirflowApi } from '../../http';
import { everyOneOf } from '../../mapping/lists';
import { taskInstance } from '../../mapping/tasks';
import { runPath } from '../paths';
import { clearAfterDryRun } from './afterDryRun';
import type { Clearing, ClearMode, TaskClearing } from './types';

const touched = everyOneOf('task_instances', taskInstance);

/** Clears in Airflow 3. */
export class ClearingV2 implements Clearing {
  constructor(private readonly api: AirflowApi) {}

  clearRun(run: RunRef, { onlyFailed, dryRun }: ClearMode) {
    const body = { only_failed: onlyFailed };
    return this.clear(run, { path: `${runPath(run)}/clear`, body }, dryRun);
  }

  clearTasks(dagId: string, clearing: TaskClearing) {
    const { runId, tasks, downstream, onlyFailed, dryRun } = clearing;
    const request = {
      path: path`/dags/${dagId}/clearTaskInstances`,
      body: {
        dag_run_id: runId,
        task_ids: tasks.map(({ taskId, mapIndex }) =>
          mapIndex === null ? taskId : [taskId, mapIndex],
        ),
        include_downstream: downstream,
        only_failed: onlyFailed,
        reset_dag_runs: true,
      },
    };
    return this.clear({ dagId, runId }, request, dryRun);
  }

  private async clear(
    run: RunRef,
    { path: below, body }: { path: string; body: object },
    dryRun: boolean,
  ): Promise<ClearedTask[]> {
    const request = { method: 'POST', path: below } as const;
    const send = <T>(isDryRun: boolean, schema: z.ZodType<T>) =>
      this.api.json(
        { ...request, body: { ...body, dry_run: isDryRun } },
        schema,
      );
    const items = await clearAfterDryRun({
      asked: this.api.asked(request),
      run,
      dryRun,
      preview: async () => (await send(true, touched)).items,
      clear: () => send(false, z.unknown()),
    });
    return items.map(({ taskId, mapIndex, state }) => ({
      taskId,
      mapIndex,
      state,
    }));
  }
}
