import type { ClearedTask } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import type { ClearMode, TaskClearing } from '../AirflowClient';
import type { CallOptions } from '../call';
import { clearAfterDryRun } from '../clearing';
import { path, type AirflowApi } from '../http';
import { everyOneOf } from '../mapping/lists';
import { taskInstance } from '../mapping/tasks';

const touched = everyOneOf('task_instances', taskInstance);

/** Clears a run, or, by task ids, some of it. */
async function clear(
  api: AirflowApi,
  run: { dagId: string; runId: string },
  request: { path: string; body: object },
  dryRun: boolean,
  call?: CallOptions,
): Promise<ClearedTask[]> {
  const send = <T>(isDryRun: boolean, schema: z.ZodType<T>) =>
    api.json(
      {
        method: 'POST',
        path: request.path,
        body: { ...request.body, dry_run: isDryRun },
      },
      schema,
      call,
    );
  const items = await clearAfterDryRun({
    asked: api.asked({ method: 'POST', path: request.path }),
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

export function clearRun(
  api: AirflowApi,
  run: { dagId: string; runId: string },
  { onlyFailed, dryRun }: ClearMode,
  call?: CallOptions,
): Promise<ClearedTask[]> {
  const request = {
    path: path`/api/v2/dags/${run.dagId}/dagRuns/${run.runId}/clear`,
    body: { only_failed: onlyFailed },
  };
  return clear(api, run, request, dryRun, call);
}

export function clearTasks(
  api: AirflowApi,
  dagId: string,
  clearing: TaskClearing & ClearMode,
  call?: CallOptions,
): Promise<ClearedTask[]> {
  const { runId, tasks, downstream, onlyFailed, dryRun } = clearing;
  const request = {
    path: path`/api/v2/dags/${dagId}/clearTaskInstances`,
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
  return clear(api, { dagId, runId }, request, dryRun, call);
}
