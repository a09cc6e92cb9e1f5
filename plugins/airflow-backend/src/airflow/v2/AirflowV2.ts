import type {
  LogEntry,
  TaskInstance,
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
import { Events, readEventLog } from '../logs/eventLog';
import { healthBody } from '../mapping/health';
import { listOf, totalOnly } from '../mapping/lists';
import { inOrder, taskInstance, taskTry } from '../mapping/tasks';
import { lastMomentOf } from '../mapping/time';
import { dagBody, dagDetailsBody, importErrorBody, runBody } from './bodies';
import { clearRun, clearTasks } from './clearing';

const logPage = z.object({
  content: z.array(z.unknown()),
  continuation_token: z.string().nullish(),
});

function instancePath({ dagId, runId, taskId, mapIndex }: TaskInstanceRef) {
  const base = path`/api/v2/dags/${dagId}/dagRuns/${runId}/taskInstances/${taskId}`;
  return mapIndex < 0 ? base : `${base}${path`/${mapIndex}`}`;
}

/** Airflow 3: the public REST API, version 2. */
export class AirflowV2 implements Adapter {
  constructor(
    private readonly api: AirflowApi,
    private readonly server: Server,
  ) {}

  health(call?: CallOptions) {
    return this.api.json(
      { path: '/api/v2/monitor/health', door: 'health' },
      healthBody,
      call,
    );
  }

  dags(call?: CallOptions): AsyncGenerator<Page<AirflowDag>> {
    const query = { exclude_stale: false, order_by: 'dag_id' };
    return this.list('/api/v2/dags', query, listOf('dags', dagBody), call);
  }

  dag(dagId: string, call?: CallOptions) {
    return this.api.json({ path: path`/api/v2/dags/${dagId}` }, dagBody, call);
  }

  dagDetails(dagId: string, call?: CallOptions) {
    return this.api.json(
      { path: path`/api/v2/dags/${dagId}/details`, exact: ['params'] },
      dagDetailsBody,
      call,
    );
  }

  importErrors(call?: CallOptions): AsyncGenerator<Page<AirflowImportError>> {
    return this.list(
      '/api/v2/importErrors',
      { order_by: 'id' },
      listOf('import_errors', importErrorBody),
      call,
    );
  }

  runs(
    query: RunQuery,
    call?: CallOptions,
  ): AsyncGenerator<Page<AirflowRunDetails>> {
    const { dagId, states } = query;
    const base =
      dagId === undefined
        ? '/api/v2/dags/~/dagRuns'
        : path`/api/v2/dags/${dagId}/dagRuns`;
    return this.list(
      base,
      {
        order_by: '-run_after',
        run_after_gte: query.runAfterFrom,
        run_after_lte: query.runAfterTo && lastMomentOf(query.runAfterTo),
        updated_at_gte: query.updatedFrom,
        state: states,
      },
      listOf('dag_runs', runBody),
      call,
    );
  }

  async countRuns(
    { runAfterFrom, runAfterTo }: RunQuery,
    call?: CallOptions,
  ): Promise<number | undefined> {
    const query = {
      run_after_gte: runAfterFrom,
      run_after_lte: runAfterTo && lastMomentOf(runAfterTo),
      limit: 1,
    };
    return this.api.json(
      { path: '/api/v2/dags/~/dagRuns', query },
      totalOnly,
      call,
    );
  }

  run(dagId: string, runId: string, call?: CallOptions) {
    return this.api.json(
      { path: path`/api/v2/dags/${dagId}/dagRuns/${runId}`, exact: ['conf'] },
      runBody,
      call,
    );
  }

  taskInstances(
    dagId: string,
    runId: string,
    call?: CallOptions,
  ): AsyncGenerator<Page<TaskInstance>> {
    return this.list(
      path`/api/v2/dags/${dagId}/dagRuns/${runId}/taskInstances`,
      {},
      listOf('task_instances', taskInstance),
      call,
    );
  }

  taskInstancesOfRuns(
    dagId: string,
    window: { runAfterFrom: string; runAfterTo: string },
    call?: CallOptions,
  ): AsyncGenerator<Page<TaskInstance>> {
    return this.list(
      `${path`/api/v2/dags/${dagId}`}/dagRuns/~/taskInstances`,
      {
        run_after_gte: window.runAfterFrom,
        run_after_lte: lastMomentOf(window.runAfterTo),
      },
      listOf('task_instances', taskInstance),
      call,
    );
  }

  taskInstance(ref: TaskInstanceRef, call?: CallOptions) {
    return this.api.json({ path: instancePath(ref) }, taskInstance, call);
  }

  async taskTries(ref: TaskInstanceRef, call?: CallOptions) {
    const { items } = await this.api.json(
      { path: `${instancePath(ref)}/tries` },
      listOf('task_instances', taskTry),
      call,
    );
    return inOrder(items);
  }

  async *taskLog(
    ref: TaskInstanceRef,
    tryNumber: number,
    call?: CallOptions,
  ): AsyncGenerator<LogEntry> {
    const { dagId, runId, taskId, mapIndex } = ref;
    const request = {
      path: path`/api/v2/dags/${dagId}/dagRuns/${runId}/taskInstances/${taskId}/logs/${tryNumber}`,
      query: { full_content: true, map_index: mapIndex },
    };
    if (takes(this.server, 'ndjson logs')) {
      const { stream } = await this.api.stream(
        { ...request, accept: 'application/x-ndjson' },
        call,
      );
      yield* readEventLog(stream);
      return;
    }
    const events = new Events();
    for (let token: string | undefined, more = true; more; ) {
      const query = { ...request.query, token };
      const page = await this.api.json({ ...request, query }, logPage, call);
      for (const event of page.content) yield* events.read(event);
      more = page.content.length > 0 && Boolean(page.continuation_token);
      token = page.continuation_token ?? undefined;
    }
  }

  triggerDag(dagId: string, body: TriggerBody, call?: CallOptions) {
    return this.api.json(
      {
        method: 'POST',
        path: path`/api/v2/dags/${dagId}/dagRuns`,
        body: {
          // The key must be there; null lets several runs be due at once.
          logical_date: body.logicalDate ?? null,
          dag_run_id: body.runId,
          note: body.note,
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
        path: path`/api/v2/dags/${dagId}`,
        query: { update_mask: 'is_paused' },
        body: { is_paused: paused },
      },
      dagBody,
      call,
    );
  }

  clearRun(dagId: string, runId: string, mode: ClearMode, call?: CallOptions) {
    return clearRun(this.api, { dagId, runId }, mode, call);
  }

  clearTasks(
    dagId: string,
    clearing: TaskClearing & ClearMode,
    call?: CallOptions,
  ) {
    return clearTasks(this.api, dagId, clearing, call);
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
