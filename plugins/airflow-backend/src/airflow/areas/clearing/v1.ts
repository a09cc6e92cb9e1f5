import type { TaskInstance } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import type { RunRef } from '../../call';
import { AirflowError } from '../../errors';
import { path, type AirflowApi, type ApiRequest } from '../../http';
import { everyOneOf } from '../../mapping/lists';
import { TasksV1 } from '../tasks/v1';
import { clearAfterDryRun } from './afterDryRun';
import { identify } from './identify';
import type { Clearing, ClearMode, TaskClearing } from './types';

/** `TaskInstanceReference` of the v1 specification: it tells neither map index nor state. */
const reference = z
  .object({
    dag_id: z.string(),
    dag_run_id: z.string(),
    task_id: z.string(),
  })
  .transform(raw => ({
    dagId: raw.dag_id,
    runId: raw.dag_run_id,
    taskId: raw.task_id,
  }));

const references = everyOneOf('task_instances', reference);

/** A whole run where no tasks are named. */
type Wanted = Omit<TaskClearing, 'tasks'> &
  Partial<Pick<TaskClearing, 'tasks'>>;

/**
 * Clears in Airflow 2. The endpoint that clears a whole run is left alone: it takes no `only_failed`, and reaches into
 * other DAGs.
 */
export class ClearingV1 implements Clearing {
  constructor(private readonly api: AirflowApi) {}

  clearRun({ dagId, runId }: RunRef, mode: ClearMode) {
    return this.clear(dagId, { runId, downstream: false, ...mode });
  }

  clearTasks(dagId: string, clearing: TaskClearing) {
    return this.clear(dagId, clearing);
  }

  private async clear(dagId: string, wanted: Wanted) {
    const run = { dagId, runId: wanted.runId };
    const before: TaskInstance[] = [];
    for await (const { items } of new TasksV1(this.api).ofRun(run)) {
      before.push(...items);
    }
    return identify(await this.send(run, wanted), before, wanted);
  }

  private send(run: RunRef, wanted: Wanted) {
    const request: ApiRequest = {
      method: 'POST',
      path: path`/dags/${run.dagId}/clearTaskInstances`,
    };
    this.refuseMapped(request, wanted.tasks ?? []);
    const sendOnce = async (isDryRun: boolean) => {
      const body = {
        dag_run_id: run.runId,
        task_ids: wanted.tasks?.map(({ taskId }) => taskId),
        include_downstream: wanted.downstream,
        only_failed: wanted.onlyFailed,
        reset_dag_runs: true,
        dry_run: isDryRun,
      };
      return (await this.api.json({ ...request, body }, references)).items;
    };
    return clearAfterDryRun({
      asked: this.api.asked(request),
      run,
      dryRun: wanted.dryRun,
      preview: () => sendOnce(true),
      clear: () => sendOnce(false),
    });
  }

  private refuseMapped(
    request: ApiRequest,
    tasks: TaskClearing['tasks'],
  ): void {
    const one = tasks.find(
      ({ mapIndex }) => mapIndex !== null && mapIndex >= 0,
    );
    if (!one) return;
    const { cluster, attempted } = this.api.asked(request);
    throw new AirflowError({
      code: 'unsupported',
      cluster,
      attempted,
      message: `Airflow 2 cannot clear one instance of a mapped task alone, as ${one.taskId} [${one.mapIndex}] on cluster ${cluster}`,
      hint: `Clear every instance of ${one.taskId}, or only what failed in the run`,
    });
  }
}
