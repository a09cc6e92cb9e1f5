import { z } from 'zod';
import { RunFacts } from '../simulation/run';
import { graphOf } from '../simulation/graph';
import { MarkedTaskState } from '../simulation/overlay';
import {
  findTasks,
  sortTasks,
  TaskFilter,
  TaskSortKey,
} from '../simulation/taskQuery';
import { TaskFacts } from '../simulation/taskInstances';
import { waitReasons } from '../simulation/waitReasons';
import { bodyRange, plannedTask, readBody } from './dagRuns';
import {
  badRequest,
  findRun,
  notFound,
  PAGE,
  Problem,
  V1Context,
  V1Route,
} from './http';
import { v1Reference, v1TaskInstance, v1Try } from './serialize';

const RANGES = [
  'execution_date',
  'start_date',
  'end_date',
  'updated_at',
  'duration',
].flatMap(n => [`${n}_gte`, `${n}_lte`]);
const FILTERS = [...PAGE, ...RANGES, 'state', 'pool', 'queue', 'executor'];
const MAPPED = () =>
  notFound(
    'Task instance not found',
    'Task instance is mapped, add the map_index value to the URL',
  );
const MISSING = () => notFound('Task instance not found');

function stateSet(states: readonly (string | null)[] | null | undefined) {
  return states && states.length > 0
    ? new Set(states.map(s => (s === 'none' || s === 'None' ? null : s)))
    : undefined;
}

function numberRange(from?: number | null, lte?: number | null) {
  if (typeof from !== 'number' && typeof lte !== 'number') return undefined;
  return {
    from: from ?? undefined,
    to: typeof lte === 'number' ? lte + 1e-6 : undefined,
  };
}

function filterOf({ query }: V1Context): TaskFilter {
  const executors = query.list('executor');
  return {
    states: stateSet(query.list('state')),
    pools: query.list('pool'),
    queues: query.list('queue'),
    startDate: query.range('start_date'),
    endDate: query.range('end_date'),
    updatedAt: query.range('updated_at'),
    duration: numberRange(
      query.number('duration_gte'),
      query.number('duration_lte'),
    ),
    where: executors && (() => false),
  };
}

/** Runs named by a path in which `~` stands for all. */
function runsOf(context: V1Context, filter: TaskFilter): RunFacts[] {
  const { simulation, runs } = context.cluster;
  const { dagId, runId } = context.params;
  const dags = simulation.dagsNamed(dagId);
  const logicalDate = context.query.range('execution_date');
  if (runId !== '~') {
    return dags
      .map(d => simulation.findRun(d, runId))
      .filter((r): r is RunFacts => r !== undefined)
      .filter(r => !logicalDate || inLogical(r, logicalDate));
  }
  const startDate = filter.startDate?.from;
  return runs.scan({
    dags,
    logicalDate,
    // A task that started after a time belongs to a run that was still open.
    updatedAt: startDate === undefined ? undefined : { from: startDate },
  });
}

function inLogical(run: RunFacts, range: { from?: number; to?: number }) {
  const at = run.logicalDate ?? run.runAfter;
  return at >= (range.from ?? -Infinity) && at < (range.to ?? Infinity);
}

function listTasks(context: V1Context) {
  const filter = filterOf(context);
  const { limit, offset } = context.query.page();
  const rows = findTasks(
    context.cluster.simulation,
    runsOf(context, filter),
    filter,
  );
  return {
    task_instances: rows
      .slice(offset, offset + limit)
      .map(r => v1TaskInstance(r.run, r.task)),
    total_entries: rows.length,
  };
}

const instant = z.iso.datetime({ offset: true }).transform(t => Date.parse(t));
const batchBody = z.strictObject({
  dag_ids: z.array(z.string()).nullish(),
  dag_run_ids: z.array(z.string()).nullish(),
  task_ids: z.array(z.string()).nullish(),
  state: z.array(z.string().nullable()).nullish(),
  pool: z.array(z.string()).nullish(),
  queue: z.array(z.string()).nullish(),
  executor: z.array(z.string()).nullish(),
  execution_date_gte: instant.nullish(),
  execution_date_lte: instant.nullish(),
  start_date_gte: instant.nullish(),
  start_date_lte: instant.nullish(),
  end_date_gte: instant.nullish(),
  end_date_lte: instant.nullish(),
  duration_gte: z.number().nullish(),
  duration_lte: z.number().nullish(),
  page_limit: z.int().min(1).default(100),
  page_offset: z.int().min(0).default(0),
});

function batch(context: V1Context) {
  const body = readBody(batchBody, context.body);
  const { simulation, runs } = context.cluster;
  const { dag_ids: ids, dag_run_ids: runIds } = body;
  const dags = simulation.dags().filter(d => !ids || ids.includes(d.dagId));
  const logicalDate = bodyRange(
    body.execution_date_gte,
    body.execution_date_lte,
  );
  const found = runIds
    ? dags.flatMap(d =>
        runIds.map(r => simulation.findRun(d, r)).filter(r => r !== undefined),
      )
    : runs.scan({ dags, logicalDate });
  const rows = findTasks(simulation, found, {
    taskIds: body.task_ids ?? undefined,
    states: stateSet(body.state),
    pools: body.pool ?? undefined,
    queues: body.queue ?? undefined,
    startDate: bodyRange(body.start_date_gte, body.start_date_lte),
    endDate: bodyRange(body.end_date_gte, body.end_date_lte),
    duration: numberRange(body.duration_gte, body.duration_lte),
    where: body.executor ? () => false : undefined,
  });
  return {
    task_instances: rows
      .slice(body.page_offset, body.page_offset + body.page_limit)
      .map(r => v1TaskInstance(r.run, r.task)),
    total_entries: rows.length,
  };
}

function mapIndexOf(context: V1Context): number {
  const text = context.params.mapIndex ?? '-1';
  if (!/^-?\d+$/.test(text)) throw new Problem(404, 'Not Found');
  return Number(text);
}

function oneTask(context: V1Context): { run: RunFacts; task: TaskFacts } {
  const run = findRun(context, MISSING);
  const planned = plannedTask(run, context.params.taskId);
  if (!planned) throw MISSING();
  const mapIndex = mapIndexOf(context);
  const task = context.cluster.simulation.taskInstance(run, planned, mapIndex);
  if (task) return { run, task };
  const asked = context.params.mapIndex === undefined;
  throw asked && planned.task.mapped ? MAPPED() : MISSING();
}

function getTask(context: V1Context) {
  const { run, task } = oneTask(context);
  return v1TaskInstance(run, task);
}

const MAPPED_SORTS: TaskSortKey[] = [
  'map_index',
  'state',
  'duration',
  'start_date',
  'end_date',
];

function listMapped(context: V1Context) {
  const { simulation } = context.cluster;
  const { dagId, taskId } = context.params;
  const dag = simulation.dag(dagId);
  if (!dag) throw notFound(`DAG ${dagId} not found`);
  const planned = graphOf(dag).byId.get(taskId);
  if (!planned) throw notFound(`Task id ${taskId} not found`);
  if (!planned.task.mapped) throw notFound(`Task id ${taskId} is not mapped`);
  const run = simulation.findRun(dag, context.params.runId);
  const order = context.query.text('order_by') ?? 'map_index';
  const key = MAPPED_SORTS.find(k => k === order.replace(/^-/, ''));
  if (!key) throw badRequest(`Ordering with '${order}' is not supported`);
  const rows = findTasks(simulation, run ? [run] : [], {
    ...filterOf(context),
    taskIds: [taskId],
  }).filter(r => r.task.mapIndex >= 0);
  sortTasks(rows, key, order.startsWith('-'));
  const { limit, offset } = context.query.page();
  return {
    task_instances: rows
      .slice(offset, offset + limit)
      .map(r => v1TaskInstance(r.run, r.task)),
    total_entries: rows.length,
  };
}

/** Earlier tries and, unless it will be tried again, the present one. */
function triesOf(task: TaskFacts) {
  const ended = task.attempts.filter(a => a.endAt <= Number.MAX_SAFE_INTEGER);
  return task.state === 'up_for_retry' ? ended : task.attempts;
}

function listTries(context: V1Context) {
  const { run, task } = oneTask(context);
  const { limit, offset } = context.query.page();
  const all = triesOf(task).map(a => tryAt(context, run, task, a.tryNumber));
  if (all.length === 0) all.push(tryAt(context, run, task, task.tryNumber));
  return {
    task_instances: all.slice(offset, offset + limit),
    total_entries: all.length,
  };
}

/** The present try shows the present state; earlier ones how they ended. */
function tryAt(
  context: V1Context,
  run: RunFacts,
  task: TaskFacts,
  tryNumber: number,
) {
  const attempt = task.attempts.find(a => a.tryNumber === tryNumber);
  const current = tryNumber === task.tryNumber && task.state !== 'up_for_retry';
  if (!attempt || current) {
    const {
      note: _n,
      rendered_fields: _r,
      rendered_map_index: _i,
      sla_miss: _s,
      trigger: _t,
      triggerer_job: _j,
      execution_date: _e,
      ...rest
    } = v1TaskInstance(run, task);
    return rest;
  }
  return v1Try(run, task, {
    ...attempt,
    endAt: Math.min(attempt.endAt, context.cluster.simulation.now()),
  });
}

function oneTry(context: V1Context) {
  const { run, task } = oneTask(context);
  const tryNumber = Number(context.params.tryNumber);
  if (
    tryNumber !== task.tryNumber &&
    !task.attempts.some(a => a.tryNumber === tryNumber)
  ) {
    throw notFound(
      'Task instance not found',
      `The Task Instance with dag_id: \`${run.dag.dagId}\`, run_id: \`${run.runId}\`, task_id: \`${context.params.taskId}\`, try_number: \`${tryNumber}\` and map_index: \`${task.mapIndex}\` was not found`,
    );
  }
  return tryAt(context, run, task, tryNumber);
}

const noteBody = z.strictObject({ note: z.string().max(1000) });

function setNote(context: V1Context) {
  const { note } = readBody(noteBody, context.body);
  const { run, task } = oneTask(context);
  context.cluster.actions.noteTask(run, task, note);
  const fresh = context.cluster.simulation.facts(run);
  return v1TaskInstance(fresh, { ...task, note });
}

const markState = z.enum(['success', 'failed', 'skipped']);
const patchBody = z.strictObject({
  dry_run: z.boolean().default(true),
  new_state: markState,
});

function markTask(context: V1Context) {
  const body = readBody(patchBody, context.body);
  const { dagId, runId, taskId } = context.params;
  const { simulation } = context.cluster;
  const dag = simulation.dag(dagId);
  if (!dag) throw notFound('DAG not found', `DAG '${dagId}' not found`);
  const planned = graphOf(dag).byId.get(taskId);
  if (!planned)
    throw notFound(
      'Task not found',
      `Task '${taskId}' not found in DAG '${dagId}'`,
    );
  const run = simulation.findRun(dag, runId);
  const task =
    run && simulation.taskInstance(run, planned, mapIndexOf(context));
  if (!run || !task) {
    throw notFound(
      'Not Found',
      `Task instance not found for task '${taskId}' on DAG run with ID '${runId}'`,
    );
  }
  if (!body.dry_run) mark(context, run, [task], body.new_state);
  return v1Reference(run, task);
}

function mark(
  context: V1Context,
  run: RunFacts,
  tasks: TaskFacts[],
  state: MarkedTaskState,
) {
  context.cluster.actions.markTasks(run, tasks, state);
  context.cluster.actions.audit(
    'patch_task_instance',
    context.user.name,
    {
      dagId: run.dag.dagId,
      runId: run.runId,
      taskId: tasks[0]?.planned.task.taskId,
    },
    { new_state: state },
  );
}

const updateBody = z.strictObject({
  dry_run: z.boolean().default(true),
  task_id: z.string(),
  execution_date: instant.optional(),
  dag_run_id: z.string().optional(),
  include_upstream: z.boolean(),
  include_downstream: z.boolean(),
  include_future: z.boolean(),
  include_past: z.boolean(),
  new_state: markState,
});

function updateStates(context: V1Context) {
  const body = readBody(updateBody, context.body);
  const { simulation, actions, runs } = context.cluster;
  const { dagId } = context.params;
  const dag = simulation.dag(dagId);
  if (!dag) throw notFound(`Dag ID ${dagId} not found`);
  if (!graphOf(dag).byId.has(body.task_id))
    throw notFound(`Task ID ${body.task_id} not found`);
  const { execution_date: date } = body;
  const isMapped = graphOf(dag).byId.get(body.task_id)?.task.mapped;
  const run =
    body.dag_run_id !== undefined
      ? simulation.findRun(dag, body.dag_run_id)
      : runs.scan({ dags: [dag], logicalDate: bodyRange(date, date) })[0];
  // It looks for the instance without an index, which a mapped task has not.
  if (!run || isMapped) {
    throw notFound(
      'Not Found',
      `Task instance not found for task '${body.task_id}' on DAG run with ID '${body.dag_run_id}'`,
    );
  }
  const tasks = actions
    .selectTasks(run, {
      taskIds: [body.task_id],
      upstream: body.include_upstream,
      downstream: body.include_downstream,
      onlyFailed: false,
      onlyRunning: false,
    })
    .filter(t => t.state !== body.new_state);
  if (!body.dry_run) mark(context, run, tasks, body.new_state);
  return { task_instances: tasks.map(t => v1Reference(run, t)) };
}

const clearBody = z.strictObject({
  dry_run: z.boolean().default(true),
  task_ids: z.array(z.string()).min(1).optional(),
  start_date: instant.nullish(),
  end_date: instant.nullish(),
  only_failed: z.boolean().default(true),
  only_running: z.boolean().default(false),
  include_subdags: z.boolean().default(false),
  include_parentdag: z.boolean().default(false),
  reset_dag_runs: z.boolean().default(false),
  include_upstream: z.boolean().default(false),
  include_downstream: z.boolean().default(false),
  include_future: z.boolean().default(false),
  include_past: z.boolean().default(false),
  dag_run_id: z.string().nullish(),
});

function clearTasks(context: V1Context) {
  const body = readBody(clearBody, context.body);
  const { simulation, actions, runs } = context.cluster;
  const { dagId } = context.params;
  const dag = simulation.dag(dagId);
  if (!dag) throw notFound(`Dag id ${dagId} not found`);
  if (body.only_failed && body.only_running) {
    throw badRequest(
      `{'_schema': ['only_failed and only_running both are set to True']}`,
    );
  }
  let from = body.start_date ?? undefined;
  let to = body.end_date ?? undefined;
  if (typeof body.dag_run_id === 'string') {
    const run = simulation.findRun(dag, body.dag_run_id);
    if (!run)
      throw notFound(`Dag Run id ${body.dag_run_id} not found in dag ${dagId}`);
    from = run.logicalDate ?? run.runAfter;
    to = from;
  }
  if (body.include_past) from = undefined;
  if (body.include_future) to = undefined;
  const references: object[] = [];
  for (const run of runs.scan({
    dags: [dag],
    logicalDate: bodyRange(from, to),
  })) {
    const tasks = actions.selectTasks(run, {
      taskIds: body.task_ids,
      upstream: body.include_upstream,
      downstream: body.include_downstream,
      onlyFailed: body.only_failed,
      onlyRunning: body.only_running,
    });
    if (!body.dry_run) actions.clear(run, tasks, body.reset_dag_runs);
    references.push(...tasks.map(t => v1Reference(run, t)));
  }
  if (!body.dry_run)
    actions.audit(
      'post_clear_task_instances',
      context.user.name,
      { dagId },
      body,
    );
  return { task_instances: references };
}

const RUN = '/dags/:dagId/dagRuns/:runId';
const TASK = `${RUN}/taskInstances/:taskId`;
const ONE = `${TASK}/:mapIndex`;

function dependencies(context: V1Context) {
  const { run, task } = oneTask(context);
  const reasons = waitReasons(context.cluster.simulation, run, task);
  return { dependencies: reasons };
}

function links(context: V1Context) {
  const { dagId, runId, taskId } = context.params;
  const index = context.query.integer('map_index');
  const params = {
    dagId,
    runId,
    taskId,
    ...(index !== undefined && { mapIndex: String(index) }),
  };
  const { task } = oneTask({ ...context, params });
  return task.planned.task.links ?? {};
}

export const taskInstanceRoutes: V1Route[] = [
  {
    method: 'post',
    path: '/dags/~/dagRuns/~/taskInstances/list',
    restricted: false,
    handle: batch,
  },
  {
    method: 'post',
    path: '/dags/:dagId/clearTaskInstances',
    handle: clearTasks,
  },
  {
    method: 'post',
    path: '/dags/:dagId/updateTaskInstancesState',
    handle: updateStates,
  },
  {
    method: 'get',
    path: `${RUN}/taskInstances`,
    query: FILTERS,
    handle: listTasks,
  },
  {
    method: 'get',
    path: `${TASK}/listMapped`,
    query: [...FILTERS, 'order_by'],
    handle: listMapped,
  },
  { method: 'get', path: `${TASK}/links`, query: ['map_index'], handle: links },
  {
    method: 'get',
    path: `${TASK}/dependencies`,
    handle: dependencies,
  },
  {
    method: 'get',
    path: `${TASK}/tries`,
    query: [...PAGE, 'order_by'],
    handle: listTries,
  },
  { method: 'get', path: `${TASK}/tries/:tryNumber(\\d+)`, handle: oneTry },
  { method: 'patch', path: `${TASK}/setNote`, handle: setNote },
  { method: 'get', path: TASK, handle: getTask },
  { method: 'patch', path: TASK, handle: markTask },
  {
    method: 'get',
    path: `${ONE}/tries`,
    query: [...PAGE, 'order_by'],
    handle: listTries,
  },
  { method: 'get', path: `${ONE}/tries/:tryNumber(\\d+)`, handle: oneTry },
  {
    method: 'get',
    path: `${ONE}/dependencies`,
    handle: dependencies,
  },
  { method: 'patch', path: `${ONE}/setNote`, handle: setNote },
  { method: 'get', path: `${TASK}/:mapIndex(-?\\d+)`, handle: getTask },
  { method: 'patch', path: `${TASK}/:mapIndex(-?\\d+)`, handle: markTask },
];
