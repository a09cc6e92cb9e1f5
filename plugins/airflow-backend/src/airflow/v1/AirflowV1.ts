import type {
  LogEntry,
  TaskInstance,
  TaskTry,
  TriggerBody,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import type { Adapter } from '../adapter';
import type {
  AirflowDag,
  AirflowImportError,
  AirflowRun,
  CallOptions,
  ClearMode,
  Page,
  RunQuery,
  TaskClearing,
  TaskInstanceRef,
} from '../AirflowClient';
import { takes, type Server } from '../capabilities';
import { path, readPages, type AirflowApi, type Query } from '../http';
import { readPlainLog } from '../logs/plainLog';
import { healthBody } from '../mapping/health';
import { listOf } from '../mapping/lists';
import { inOrder, taskInstance, taskTry } from '../mapping/tasks';
import { lastMomentOf } from '../mapping/time';
import { dagBody, dagDetailsBody, importErrorBody, runBody } from './bodies';
import { clear, identify } from './clearing';

/** Older servers cannot be asked for changes; runs due this long before are read anew instead. */
const UNTOLD_CHANGES_MS = 2 * 24 * 60 * 60_000;

function triesPath({ dagId, runId, taskId, mapIndex }: TaskInstanceRef) {
  const base = path`/api/v1/dags/${dagId}/dagRuns/${runId}/taskInstances/${taskId}`;
  return mapIndex < 0 ? base : `${base}${path`/${mapIndex}`}`;
}

/** Airflow 2: the stable REST API, version 1. */
export class AirflowV1 implements Adapter {
  constructor(
    private readonly api: AirflowApi,
    private readonly server: Server,
  ) {}

  health(call?: CallOptions) {
    return this.api.json(
      { path: '/api/v1/health', door: 'health' },
      healthBody,
      call,
    );
  }

  dags(call?: CallOptions): AsyncGenerator<Page<AirflowDag>> {
    const query = { only_active: true, order_by: 'dag_id' };
    return this.list('/api/v1/dags', query, listOf('dags', dagBody), call);
  }

  dag(dagId: string, call?: CallOptions) {
    return this.api.json({ path: path`/api/v1/dags/${dagId}` }, dagBody, call);
  }

  dagDetails(dagId: string, call?: CallOptions) {
    return this.api.json(
      { path: path`/api/v1/dags/${dagId}/details` },
      dagDetailsBody,
      call,
    );
  }

  importErrors(call?: CallOptions): AsyncGenerator<Page<AirflowImportError>> {
    return this.list(
      '/api/v1/importErrors',
      { order_by: 'import_error_id' },
      listOf('import_errors', importErrorBody),
      call,
    );
  }

  runs(query: RunQuery, call?: CallOptions): AsyncGenerator<Page<AirflowRun>> {
    const { dagId, states } = query;
    const base =
      dagId === undefined
        ? '/api/v1/dags/~/dagRuns'
        : path`/api/v1/dags/${dagId}/dagRuns`;
    return this.list(
      base,
      {
        order_by: '-execution_date',
        execution_date_gte: this.dueFrom(query),
        execution_date_lte: query.runAfterTo && lastMomentOf(query.runAfterTo),
        updated_at_gte: this.tellsChanges ? query.updatedFrom : undefined,
        state: states,
      },
      listOf('dag_runs', runBody),
      call,
    );
  }

  run(dagId: string, runId: string, call?: CallOptions) {
    return this.api.json(
      { path: path`/api/v1/dags/${dagId}/dagRuns/${runId}` },
      runBody,
      call,
    );
  }

  async *taskInstances(
    dagId: string,
    runId: string,
    call?: CallOptions,
  ): AsyncGenerator<Page<TaskInstance>> {
    let rows = 0;
    const pages = this.list(
      path`/api/v1/dags/${dagId}/dagRuns/${runId}/taskInstances`,
      {},
      listOf('task_instances', taskInstance),
      call,
    );
    for await (const page of pages) {
      rows += page.items.length + page.skipped;
      yield page;
    }
    // An Airflow 2 gives an empty list for a run that there is not; asking for the run tells.
    if (rows === 0) await this.run(dagId, runId, call);
  }

  taskInstancesOfRuns(
    dagId: string,
    window: { runAfterFrom: string; runAfterTo: string },
    call?: CallOptions,
  ): AsyncGenerator<Page<TaskInstance>> {
    return this.list(
      `${path`/api/v1/dags/${dagId}`}/dagRuns/~/taskInstances`,
      {
        execution_date_gte: window.runAfterFrom,
        execution_date_lte: lastMomentOf(window.runAfterTo),
      },
      listOf('task_instances', taskInstance),
      call,
    );
  }

  taskInstance(ref: TaskInstanceRef, call?: CallOptions) {
    return this.api.json({ path: triesPath(ref) }, taskInstance, call);
  }

  async taskTries(ref: TaskInstanceRef, call?: CallOptions) {
    if (!takes(this.server, 'task tries')) {
      return triesUntold(await this.taskInstance(ref, call));
    }
    const { items } = await this.api.json(
      { path: `${triesPath(ref)}/tries`, query: { limit: 100 } },
      listOf('task_instances', taskTry).or(
        listOf('task_instances_history', taskTry),
      ),
      call,
    );
    // An Airflow 2 gives an empty list for a task that there is not; asking for the task tells.
    if (items.length === 0) await this.taskInstance(ref, call);
    return inOrder(items);
  }

  async *taskLog(
    ref: TaskInstanceRef,
    tryNumber: number,
    call?: CallOptions,
  ): AsyncGenerator<LogEntry> {
    const { dagId, runId, taskId, mapIndex } = ref;
    const { stream } = await this.api.stream(
      {
        path: path`/api/v1/dags/${dagId}/dagRuns/${runId}/taskInstances/${taskId}/logs/${tryNumber}`,
        query: {
          full_content: true,
          map_index: mapIndex < 0 ? undefined : mapIndex,
        },
        accept: 'text/plain',
      },
      call,
    );
    yield* readPlainLog(stream);
  }

  triggerDag(dagId: string, body: TriggerBody, call?: CallOptions) {
    return this.api.json(
      {
        method: 'POST',
        path: path`/api/v1/dags/${dagId}/dagRuns`,
        body: {
          dag_run_id: body.runId,
          logical_date: body.logicalDate,
          conf: body.conf,
          note: takes(this.server, 'trigger note') ? body.note : undefined,
        },
      },
      runBody,
      call,
    );
  }

  setDagPaused(dagId: string, paused: boolean, call?: CallOptions) {
    return this.api.json(
      {
        method: 'PATCH',
        path: path`/api/v1/dags/${dagId}`,
        query: { update_mask: 'is_paused' },
        body: { is_paused: paused },
      },
      dagBody,
      call,
    );
  }

  clearRun(dagId: string, runId: string, mode: ClearMode, call?: CallOptions) {
    return this.clear(dagId, { runId, downstream: false, ...mode }, call);
  }

  clearTasks(
    dagId: string,
    clearing: TaskClearing & ClearMode,
    call?: CallOptions,
  ) {
    return this.clear(dagId, clearing, call);
  }

  private async clear(
    dagId: string,
    clearing: Parameters<typeof clear>[2],
    call?: CallOptions,
  ) {
    const before: TaskInstance[] = [];
    for await (const page of this.taskInstances(dagId, clearing.runId, call)) {
      before.push(...page.items);
    }
    const told = await clear(this.api, dagId, clearing, call);
    return identify(told, before, clearing);
  }

  private get tellsChanges(): boolean {
    return takes(this.server, 'runs updated_at filter');
  }

  private dueFrom({ runAfterFrom, updatedFrom }: RunQuery) {
    if (!updatedFrom || this.tellsChanges) return runAfterFrom;
    const from = new Date(Date.parse(updatedFrom) - UNTOLD_CHANGES_MS);
    return from.toISOString();
  }

  private list<T>(
    listPath: string,
    query: Query,
    schema: z.ZodType<{ items: T[]; total: number | undefined }>,
    call?: CallOptions,
  ): AsyncGenerator<Page<T>> {
    return readPages(({ limit, offset, isolating }) =>
      this.api.json(
        { path: listPath, query: { ...query, limit, offset }, isolating },
        schema,
        call,
      ),
    );
  }
}

/** Before 2.10 Airflow tells only of the last attempt. */
function triesUntold(instance: TaskInstance): TaskTry[] {
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
