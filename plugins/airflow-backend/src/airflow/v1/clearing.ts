import type {
  ClearedTask,
  TaskInstance,
  TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import type { ClearMode, TaskClearing } from '../AirflowClient';
import type { CallOptions } from '../call';
import { clearAfterDryRun } from '../clearing';
import { AirflowError } from '../errors';
import { path, type AirflowApi, type ApiRequest } from '../http';
import { everyOneOf } from '../mapping/lists';

/** `TaskInstanceReference` of the v1 specification: it tells neither map index nor state. */
const reference = z
  .object({
    dag_id: z.string(),
    dag_run_id: z.string(),
    task_id: z.string(),
  })
  .transform(told => ({
    dagId: told.dag_id,
    runId: told.dag_run_id,
    taskId: told.task_id,
  }));

const references = everyOneOf('task_instances', reference);

/**
 * Clears a run, or tasks of it. The endpoint that clears a whole run is left alone: it takes no `only_failed`, and
 * reaches into other DAGs.
 */
export async function clear(
  api: AirflowApi,
  dagId: string,
  clearing: Omit<TaskClearing, 'tasks'> &
    ClearMode & { tasks?: TaskClearing['tasks'] },
  call?: CallOptions,
) {
  const { runId, tasks, downstream, onlyFailed, dryRun } = clearing;
  const request: ApiRequest = {
    method: 'POST',
    path: path`/api/v1/dags/${dagId}/clearTaskInstances`,
  };
  refuseMapped(api, request, tasks ?? []);
  const send = async (isDryRun: boolean) => {
    const body = {
      dag_run_id: runId,
      task_ids: tasks?.map(({ taskId }) => taskId),
      include_downstream: downstream,
      only_failed: onlyFailed,
      reset_dag_runs: true,
      dry_run: isDryRun,
    };
    return (await api.json({ ...request, body }, references, call)).items;
  };
  return clearAfterDryRun({
    asked: api.asked(request),
    run: { dagId, runId },
    dryRun,
    preview: () => send(true),
    clear: () => send(false),
  });
}

function refuseMapped(
  api: AirflowApi,
  request: ApiRequest,
  tasks: TaskClearing['tasks'],
): void {
  const one = tasks.find(({ mapIndex }) => mapIndex !== null && mapIndex >= 0);
  if (!one) return;
  throw new AirflowError({
    code: 'unsupported',
    cluster: api.cluster,
    attempted: api.asked(request).attempted,
    message: `Airflow 2 cannot clear one instance of a mapped task alone, as ${one.taskId} [${one.mapIndex}] on cluster ${api.cluster}`,
    hint: `Clear every instance of ${one.taskId}, or only what failed in the run`,
  });
}

const failures: ReadonlySet<TaskState> = new Set(['failed', 'upstream_failed']);

/**
 * Finds out which task instances Airflow 2 means, of which it tells the task alone: those of the run that match, when
 * they are as many as it told.
 */
export function identify(
  told: readonly { taskId: string }[],
  instances: readonly TaskInstance[],
  { onlyFailed }: Pick<ClearMode, 'onlyFailed'>,
): ClearedTask[] {
  const counts = new Map<string, number>();
  for (const { taskId } of told) {
    counts.set(taskId, (counts.get(taskId) ?? 0) + 1);
  }
  return [...counts].flatMap(([taskId, count]): ClearedTask[] => {
    const own = instances.filter(
      task =>
        task.taskId === taskId && (!onlyFailed || failures.has(task.state)),
    );
    return own.length === count
      ? own.map(({ mapIndex, state }) => ({ taskId, mapIndex, state }))
      : Array.from({ length: count }, () => ({
          taskId,
          mapIndex: null,
          state: null,
        }));
  });
}
