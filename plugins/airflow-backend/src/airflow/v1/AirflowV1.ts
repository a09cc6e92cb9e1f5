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
  AirflowRunDetails,
  ClearMode,
  RunQuery,
  TaskClearing,
} from '../AirflowClient';
import type { CallOptions, Page, TaskInstanceRef } from '../call';
import { takes, type Server } from '../capabilities';
import {
  path,
  readPages,
  type AirflowApi,
  type Query,
  type Received,
} from '../http';
import { readPlainLog } from '../logs/plainLog';
import { healthBody } from '../mapping/health';
import { listOf, totalOnly } from '../mapping/lists';
import { inOrder, taskInstance, taskTry } from '../mapping/tasks';
import { lastMomentOf } from '../mapping/time';
import { dagBody, dagDetailsBody, importErrorBody, runBody } from './bodies';
import { everyTask } from './everyTask';
import { runsByDate, type WindowReader } from './runsByDate';
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
    const query = { only_active: false, order_by: 'dag_id' };
    return this.list('/api/v1/dags', query, listOf('dags', dagBody), call);
  }

  dag(dagId: string, call?: CallOptions) {
    return this.api.json({ path: path`/api/v1/dags/${dagId}` }, dagBody, call);
  }

  dagDetails(dagId: string, call?: CallOptions) {
    return this.api.json(
      { path: path`/api/v1/dags/${dagId}/details`, exact: ['params'] },
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

  async *runs(
    query: RunQuery,
    call?: CallOptions,
  ): AsyncGenerator<Page<AirflowRunDetails>> {
    const { dagId, states, updatedFrom } = query;
    const base =
      dagId === undefined
        ? '/api/v1/dags/~/dagRuns'
        : path`/api/v1/dags/${dagId}/dagRuns`;
    for (const { dueFrom, ...changed } of this.changedSince(updatedFrom)) {
      const read: WindowReader = ({ from, to }, by) =>
        this.list(
          base,
          {
            order_by: by,
            execution_date_gte: from,
            execution_date_lte: to && lastMomentOf(to),
            state: states,
            ...changed,
          },
          listOf('dag_runs', runBody),
          call,
        );
      const from = dueFrom ?? query.runAfterFrom;
      yield* runsByDate(read, { from, to: query.runAfterTo });
    }
  }

  async countRuns(
    { runAfterFrom, runAfterTo }: RunQuery,
    call?: CallOptions,
  ): Promise<number | undefined> {
    const query = {
      execution_date_gte: runAfterFrom,
      execution_date_lte: runAfterTo && lastMomentOf(runAfterTo),
      limit: 1,
    };
    return this.api.json(
      { path: '/api/v1/dags/~/dagRuns', query },
      totalOnly,
      call,
    );
  }

  run(dagId: string, runId: string, call?: CallOptions) {
    return this.api.json(
      { path: path`/api/v1/dags/${dagId}/dagRuns/${runId}`, exact: ['conf'] },
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
    const pages = this.tasks(
      path`/api/v1/dags/${dagId}/dagRuns/${runId}/taskInstances`,
      {},
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
    return this.tasks(
      `${path`/api/v1/dags/${dagId}`}/dagRuns/~/taskInstances`,
      {
        execution_date_gte: window.runAfterFrom,
        execution_date_lte: lastMomentOf(window.runAfterTo),
      },
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
          note: takes(this.server, 'trigger note') ? body.note : undefined,
        },
        written: { conf: body.conf },
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

  /**
   * One list for each way to ask for what changed. Where no changes are told, those are the runs that are due of late,
   * and, whatever they are for, those that began or ended.
   */
  private changedSince(
    moment: string | undefined,
  ): (Query & { dueFrom?: string })[] {
    if (moment === undefined) return [{}];
    if (takes(this.server, 'runs updated_at filter')) {
      return [{ updated_at_gte: moment }];
    }
    const due = new Date(Date.parse(moment) - UNTOLD_CHANGES_MS);
    return [
      { dueFrom: due.toISOString() },
      { start_date_gte: moment },
      { end_date_gte: moment },
    ];
  }

  private tasks(listPath: string, query: Query, call?: CallOptions) {
    return everyTask(({ limit, offset, isolating }) =>
      this.api.json(
        { path: listPath, query: { ...query, limit, offset }, isolating },
        listOf('task_instances', taskInstance),
        call,
      ),
    );
  }

  private list<T>(
    listPath: string,
    query: Query,
    schema: z.ZodType<Received<T>>,
    call?: CallOptions,
  ): AsyncGenerator<Page<T>> {
    return readPages(({ limit, offset, isolating }) =>
      this.api.json(
        {
          path: listPath,
          query: { ...query, limit, offset },
          isolating,
          // Of runs, where it may be anything at all.
          exact: ['conf'],
        },
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
