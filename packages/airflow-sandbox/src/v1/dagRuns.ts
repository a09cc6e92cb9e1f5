import { z } from 'zod';
import { RunFacts } from '../simulation/run';
import { graphOf } from '../simulation/graph';
import { Range } from '../simulation/range';
import { RunQuery, RunSortKey } from '../simulation/runQuery';
import { checkConf } from '../api/conf';
import { parseInstant } from '../api/time';
import {
  badRequest,
  findRun,
  notFound,
  PAGE,
  Problem,
  readOrder,
  specError,
  V1Context,
  V1Route,
} from './http';
import { v1Reference, v1Run } from './serialize';

const SORTS: Record<string, RunSortKey> = {
  // Rows are numbered as they are created, which follows the time they are due.
  id: 'run_after',
  state: 'state',
  dag_id: 'dag_id',
  execution_date: 'logical_date',
  dag_run_id: 'run_id',
  start_date: 'start_date',
  end_date: 'end_date',
  updated_at: 'updated_at',
  external_trigger: 'run_type',
  conf: 'run_after',
};

const instant = z.string().transform((text, context) => {
  const at = parseInstant(text);
  if (typeof at === 'number') return at;
  context.addIssue(
    at === 'naive' ? 'Naive datetime is disallowed' : 'Not a valid datetime.',
  );
  return z.NEVER;
});

/** Reads a body; what does not fit is a 400, as marshmallow says it. */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue.code === 'unrecognized_keys') {
    throw badRequest(`{'${issue.keys[0]}': ['Unknown field.']}`);
  }
  throw issue.path.length === 0
    ? specError(`None is not of type 'object'`)
    : badRequest(`{'${String(issue.path[0])}': ['${issue.message}']}`);
}

function pickFields(run: RunFacts, fields: string[] | undefined) {
  const value = v1Run(run);
  if (!fields) return value;
  const entries = Object.entries(value);
  const unknown = fields.find(f => !entries.some(([k]) => k === f));
  if (unknown) {
    throw badRequest(`${unknown} not in DAGRunSchema`, 'DAGRunSchema error');
  }
  return Object.fromEntries(entries.filter(([k]) => fields.includes(k)));
}

function listRuns(context: V1Context) {
  const { query, cluster, params } = context;
  const { key, descending } = query.order(Object.keys(SORTS), 'id');
  const states = query.list('state');
  const { runs, total } = cluster.runs.list({
    dags: cluster.simulation.dagsNamed(params.dagId),
    logicalDate: query.range('execution_date'),
    startDate: query.range('start_date'),
    endDate: query.range('end_date'),
    updatedAt: query.range('updated_at'),
    states: states && new Set(states),
    sort: SORTS[key],
    descending,
    ...query.page(),
  });
  const fields = query.list('fields');
  return {
    dag_runs: runs.map(r => pickFields(r, fields)),
    total_entries: total,
  };
}

const batchBody = z.strictObject({
  dag_ids: z.array(z.string()).nullish(),
  states: z.array(z.string()).nullish(),
  order_by: z.string().optional(),
  page_limit: z.int().min(1).default(100),
  page_offset: z.int().min(0).default(0),
  execution_date_gte: instant.nullish(),
  execution_date_lte: instant.nullish(),
  start_date_gte: instant.nullish(),
  start_date_lte: instant.nullish(),
  end_date_gte: instant.nullish(),
  end_date_lte: instant.nullish(),
});

export function bodyRange(
  from: number | null | undefined,
  lte: number | null | undefined,
): Range | undefined {
  if (typeof from !== 'number' && typeof lte !== 'number') return undefined;
  return {
    from: from ?? undefined,
    to: typeof lte === 'number' ? lte + 1 : undefined,
  };
}

function batch(context: V1Context) {
  const body = readBody(batchBody, context.body);
  const { simulation, runs } = context.cluster;
  const ids = body.dag_ids;
  const { key, descending } = readOrder(
    body.order_by ?? 'id',
    Object.keys(SORTS),
  );
  const query: RunQuery = {
    dags: ids
      ? simulation.dags().filter(d => ids.includes(d.dagId))
      : simulation.dags(),
    logicalDate: bodyRange(body.execution_date_gte, body.execution_date_lte),
    startDate: bodyRange(body.start_date_gte, body.start_date_lte),
    endDate: bodyRange(body.end_date_gte, body.end_date_lte),
    states: body.states ? new Set(body.states) : undefined,
    sort: SORTS[key],
    descending,
    limit: body.page_limit,
    offset: body.page_offset,
  };
  const found = runs.list(query);
  return { dag_runs: found.runs.map(v1Run), total_entries: found.total };
}

const triggerBody = z.strictObject({
  dag_run_id: z.string().optional(),
  logical_date: instant.optional(),
  execution_date: instant.optional(),
  data_interval_start: instant.nullish(),
  data_interval_end: instant.nullish(),
  conf: z.record(z.string(), z.unknown()).optional(),
  note: z.string().nullish(),
});

function trigger(context: V1Context) {
  const { simulation, actions } = context.cluster;
  const { dagId } = context.params;
  const dag = simulation.dag(dagId);
  if (!dag || dag.stale) {
    throw notFound('DAG not found', `DAG with dag_id: '${dagId}' not found`);
  }
  if (dag.hasImportErrors) {
    throw badRequest(
      `DAG with dag_id: '${dagId}' has import errors`,
      'DAG cannot be triggered',
    );
  }
  const body = readBody(triggerBody, context.body);
  const logicalDate =
    body.logical_date ?? body.execution_date ?? simulation.now();
  const runId = body.dag_run_id;
  // The real server only notices when it renders its own answer.
  if (runId !== undefined && !/^[A-Za-z0-9_.~:+-]+$/.test(runId)) {
    throw new Error(
      `The run_id provided '${runId}' does not match the configured pattern`,
    );
  }
  const at = new Date(logicalDate)
    .toISOString()
    .replace('T', ' ')
    .replace(/(\.000)?Z$/, '+00:00');
  const sameDate = [
    ...simulation.scheduledRefs(dag, logicalDate, logicalDate + 1),
    ...simulation.manualRefs(dag, logicalDate, logicalDate + 1),
  ].some(r => simulation.logicalDate(r) === logicalDate);
  const explicit =
    body.logical_date !== undefined || body.execution_date !== undefined;
  if (explicit && sameDate) {
    throw new Problem(
      409,
      'Conflict',
      `DAGRun with DAG ID: '${dagId}' and DAGRun logical date: '${at}' already exists`,
    );
  }
  if (runId !== undefined && simulation.findRef(dag, runId)) {
    throw new Problem(
      409,
      'Conflict',
      `DAGRun with DAG ID: '${dagId}' and DAGRun ID: '${runId}' already exists`,
    );
  }
  const conf = body.conf ?? {};
  const wrong = checkConf(dag, conf);
  if (wrong) throw badRequest(wrong);
  const run = actions.trigger(dag, {
    runId,
    logicalDate,
    dataIntervalStart: body.data_interval_start,
    dataIntervalEnd: body.data_interval_end,
    conf,
    note: body.note ?? null,
    user: context.user.name,
  });
  actions.audit(
    'post_dag_run',
    context.user.name,
    { dagId, runId: run.runId },
    body,
  );
  return v1Run(run);
}

const missingRun = (dagId: string, runId: string) =>
  notFound(`Dag Run id ${runId} not found in dag ${dagId}`);

function refreshed(context: V1Context, run: RunFacts) {
  return v1Run(context.cluster.simulation.facts(run));
}

const stateBody = z.strictObject({
  state: z.enum(['success', 'failed', 'queued']),
});

function patchRun(context: V1Context) {
  const run = findRun(context, missingRun);
  const { state } = readBody(stateBody, context.body);
  context.cluster.actions.markRun(run, state);
  context.cluster.actions.audit(
    'update_dag_run_state',
    context.user.name,
    { dagId: run.dag.dagId, runId: run.runId },
    { state },
  );
  return refreshed(context, run);
}

const noteBody = z.strictObject({ note: z.string().max(1000) });

function setNote(context: V1Context) {
  const run = findRun(context, missingRun);
  const { note } = readBody(noteBody, context.body);
  context.cluster.actions.noteRun(run, note, context.user.name);
  context.cluster.actions.audit('set_dag_run_note', context.user.name, {
    dagId: run.dag.dagId,
    runId: run.runId,
  });
  return refreshed(context, run);
}

const clearBody = z.strictObject({ dry_run: z.boolean().default(true) });

function clearRun(context: V1Context) {
  const run = findRun(context, missingRun);
  const body = readBody(clearBody, context.body);
  const { simulation, actions } = context.cluster;
  const all = [...simulation.taskInstances(run)];
  if (body.dry_run) {
    return { task_instances: all.map(t => v1Reference(run, t)) };
  }
  actions.clear(run, all, true);
  actions.audit('clear_dag_run', context.user.name, {
    dagId: run.dag.dagId,
    runId: run.runId,
  });
  return refreshed(context, run);
}

function deleteRun(context: V1Context) {
  const run = findRun(
    context,
    (dagId, runId) =>
      new Problem(
        404,
        'Not Found',
        `DAGRun with DAG ID: '${dagId}' and DagRun ID: '${runId}' not found`,
      ),
  );
  const { simulation, actions } = context.cluster;
  simulation.overlay.deleteRun(run.dag.dagId, run.runId, run.runAfter);
  actions.audit('delete_dag_run', context.user.name, {
    dagId: run.dag.dagId,
    runId: run.runId,
  });
  return undefined;
}

const RANGES = [
  'execution_date',
  'start_date',
  'end_date',
  'updated_at',
].flatMap(n => [`${n}_gte`, `${n}_lte`]);

export const dagRunRoutes: V1Route[] = [
  {
    method: 'post',
    path: '/dags/~/dagRuns/list',
    restricted: false,
    handle: batch,
  },
  {
    method: 'get',
    path: '/dags/:dagId/dagRuns',
    query: [...PAGE, ...RANGES, 'state', 'order_by', 'fields'],
    handle: listRuns,
  },
  { method: 'post', path: '/dags/:dagId/dagRuns', handle: trigger },
  {
    method: 'get',
    path: '/dags/:dagId/dagRuns/:runId',
    query: ['fields'],
    handle: c => pickFields(findRun(c), c.query.list('fields')),
  },
  { method: 'patch', path: '/dags/:dagId/dagRuns/:runId', handle: patchRun },
  {
    method: 'delete',
    path: '/dags/:dagId/dagRuns/:runId',
    status: 204,
    handle: deleteRun,
  },
  {
    method: 'patch',
    path: '/dags/:dagId/dagRuns/:runId/setNote',
    handle: setNote,
  },
  {
    method: 'post',
    path: '/dags/:dagId/dagRuns/:runId/clear',
    handle: clearRun,
  },
];

/** The tasks of a run's DAG, for routes that need one by id. */
export function plannedTask(run: RunFacts, taskId: string) {
  return graphOf(run.dag).byId.get(taskId);
}
