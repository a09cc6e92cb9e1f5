import { z } from 'zod';
import { RunFacts } from '../simulation/run';
import { graphOf } from '../simulation/graph';
import {
  findTasks,
  sortTasks,
  TaskFilter,
  TaskRow,
  TaskSortKey,
} from '../simulation/taskQuery';
import { TaskFacts } from '../simulation/taskInstances';
import { waitReasons } from '../simulation/waitReasons';
import { decodeCursor, encodeCursor, TOTAL_LIMIT } from './cursor';
import { rangeFields, requireWildcard } from './dagRuns';
import {
  ApiError,
  awareInstant,
  badRequest,
  bodyRange,
  findDag,
  findPlainTask,
  findRun,
  findTask,
  FoundTask,
  notFound,
  pathIndex,
  readBody,
  readOrder,
  V2Context,
  V2Route,
} from './http';
import { v2TaskInstance, v2Try } from './serialize';

const SORTS: Record<string, TaskSortKey> = {
  id: 'id',
  state: 'state',
  duration: 'duration',
  start_date: 'start_date',
  end_date: 'end_date',
  map_index: 'map_index',
  try_number: 'try_number',
  logical_date: 'logical_date',
  run_after: 'run_after',
  data_interval_start: 'logical_date',
  data_interval_end: 'run_after',
  rendered_map_index: 'map_index',
  operator: 'operator',
};

const STATES = new Set([
  'removed',
  'scheduled',
  'queued',
  'running',
  'success',
  'restarting',
  'failed',
  'up_for_retry',
  'up_for_reschedule',
  'upstream_failed',
  'skipped',
  'deferred',
  'awaiting_input',
]);

function statesOf(states: readonly (string | null)[] | undefined) {
  const wrong = states?.find(
    s => s !== null && s !== 'none' && s !== 'no_status' && !STATES.has(s),
  );
  if (wrong !== undefined) {
    throw new ApiError(
      422,
      `Invalid value for state. Valid values are ${[...STATES].join(', ')}`,
    );
  }
  return (
    states &&
    new Set(states.map(s => (s === 'none' || s === 'no_status' ? null : s)))
  );
}

function filterOf(context: V2Context): TaskFilter {
  const { query, cluster } = context;
  const newer = cluster.simulation.isAtLeast('3.1');
  const taskId = query.text('task_id');
  const byName = query.pattern('task_display_name');
  const group = newer ? query.text('task_group_id') : undefined;
  const dagId = cluster.simulation.isAtLeast('3.2')
    ? query.pattern('dag_id')
    : undefined;
  const runId = cluster.simulation.isAtLeast('3.2')
    ? query.pattern('run_id')
    : undefined;
  const executors = query.list('executor');
  return {
    taskIds: taskId === undefined ? undefined : [taskId],
    states: statesOf(query.list('state')),
    pools: query.list('pool'),
    queues: query.list('queue'),
    operators: newer ? query.list('operator') : undefined,
    mapIndexes: newer ? query.integers('map_index') : undefined,
    tryNumbers: newer ? query.integers('try_number') : undefined,
    startDate: query.range('start_date'),
    endDate: query.range('end_date'),
    updatedAt: query.range('updated_at'),
    duration: query.numberRange('duration'),
    where: ({ run, task }) => {
      const { taskId: id, displayName } = task.planned.task;
      return (
        !executors &&
        (!byName || byName(displayName ?? id)) &&
        (!group || id.startsWith(`${group}.`)) &&
        (!dagId || dagId(run.dag.dagId)) &&
        (!runId || runId(run.runId))
      );
    },
  };
}

function runsOf(context: V2Context, filter: TaskFilter): RunFacts[] {
  const { simulation, runs } = context.cluster;
  const { dagId, runId } = context.params;
  if (runId !== '~') {
    if (dagId === '~')
      throw badRequest('dag_id is required when dag_run_id is specified');
    return [findRun(context, '')];
  }
  const dags = dagId === '~' ? simulation.dags() : [findDag(context)];
  const startDate = filter.startDate?.from;
  return runs.scan({
    dags,
    runAfter: context.query.range('run_after'),
    logicalDate: context.query.range('logical_date'),
    // A task that started after a time belongs to a run that was still open.
    updatedAt: startDate === undefined ? undefined : { from: startDate },
  });
}

function pageOf(context: V2Context, rows: TaskRow[]) {
  const { query, cluster } = context;
  const { limit, offset } = query.page();
  const cursor = query.since('3.3', 'cursor');
  const start =
    cursor === undefined ? offset : decodeCursor(cursor)?.token.offset ?? 0;
  const page = rows.slice(start, start + limit);
  const end = start + page.length;
  const byCursor = cursor !== undefined;
  return {
    task_instances: page.map(r =>
      v2TaskInstance(cluster.simulation, r.run, r.task),
    ),
    total_entries: byCursor ? Math.min(rows.length, TOTAL_LIMIT) : rows.length,
    ...(cluster.simulation.isAtLeast('3.3')
      ? {
          total_entries_limit: byCursor ? TOTAL_LIMIT : null,
          next_cursor:
            byCursor && end < rows.length
              ? encodeCursor({ seen: 0, offset: end })
              : null,
          previous_cursor:
            byCursor && start > 0
              ? `~${encodeCursor({
                  seen: 0,
                  offset: Math.max(0, start - limit),
                })}`
              : null,
        }
      : {}),
  };
}

function listTasks(context: V2Context) {
  const { key, descending } = context.query.order(
    Object.keys(SORTS),
    'map_index',
  );
  const filter = filterOf(context);
  const rows = findTasks(
    context.cluster.simulation,
    runsOf(context, filter),
    filter,
  );
  return pageOf(context, sortTasks(rows, SORTS[key], descending));
}

function listMapped(context: V2Context) {
  const { simulation } = context.cluster;
  const { dagId, taskId, runId } = context.params;
  const { key, descending } = context.query.order(
    Object.keys(SORTS),
    'map_index',
  );
  const dag = simulation.dag(dagId);
  if (!dag) throw notFound(`The Dag with ID: \`${dagId}\` was not found`);
  const planned = graphOf(dag).byId.get(taskId);
  if (!planned) throw notFound(`Task id ${taskId} not found`);
  if (!planned.task.mapped) throw notFound(`Task id ${taskId} is not mapped`);
  const run = simulation.findRun(dag, runId);
  const rows = findTasks(simulation, run ? [run] : [], {
    ...filterOf(context),
    taskIds: [taskId],
  }).filter(r => r.task.mapIndex >= 0);
  return pageOf(context, sortTasks(rows, SORTS[key], descending));
}

const batchBody = z.strictObject({
  dag_ids: z.array(z.string()).nullish(),
  dag_run_ids: z.array(z.string()).nullish(),
  task_ids: z.array(z.string()).nullish(),
  state: z.array(z.string().nullable()).nullish(),
  pool: z.array(z.string()).nullish(),
  queue: z.array(z.string()).nullish(),
  executor: z.array(z.string()).nullish(),
  page_offset: z.int().min(0).default(0),
  page_limit: z.int().min(0).default(100),
  order_by: z.string().nullish(),
  ...rangeFields(
    ['run_after', 'logical_date', 'start_date', 'end_date'],
    awareInstant,
  ),
  ...rangeFields(['duration'], z.number()),
});

function batch(context: V2Context) {
  requireWildcard(context.params.dagId, 'dag_id');
  requireWildcard(context.params.runId, 'dag_run_id');
  const body = readBody(batchBody, context.body);
  const { simulation, runs } = context.cluster;
  const { dag_ids: ids, dag_run_ids: runIds } = body;
  const dags = simulation.dags().filter(d => !ids || ids.includes(d.dagId));
  const found = runIds
    ? dags.flatMap(d =>
        runIds.map(r => simulation.findRun(d, r)).filter(r => r !== undefined),
      )
    : runs.scan({
        dags,
        runAfter: bodyRange(body, 'run_after'),
        logicalDate: bodyRange(body, 'logical_date'),
      });
  const rows = findTasks(simulation, found, {
    taskIds: body.task_ids ?? undefined,
    states: statesOf(body.state ?? undefined),
    pools: body.pool ?? undefined,
    queues: body.queue ?? undefined,
    startDate: bodyRange(body, 'start_date'),
    endDate: bodyRange(body, 'end_date'),
    duration: bodyRange(body, 'duration', 1e-9),
    where: body.executor ? () => false : undefined,
  });
  if (body.order_by) {
    const { key, descending } = readOrder(body.order_by, [
      'id',
      'state',
      'duration',
      'start_date',
      'end_date',
      'map_index',
    ]);
    sortTasks(rows, SORTS[key], descending);
  }
  const page = rows.slice(body.page_offset, body.page_offset + body.page_limit);
  return {
    task_instances: page.map(r => v2TaskInstance(simulation, r.run, r.task)),
    total_entries: rows.length,
  };
}

function json(context: V2Context, { run, task }: FoundTask) {
  return v2TaskInstance(context.cluster.simulation, run, task);
}

/** Earlier tries as they ended, and the present one as it is. */
function triesOf(context: V2Context, { run, task }: FoundTask) {
  const { simulation } = context.cluster;
  const now = simulation.now();
  const waiting = task.state === 'up_for_retry';
  const past = task.attempts
    .filter(a => waiting || a.tryNumber !== task.tryNumber)
    .map(a =>
      v2Try(simulation, run, task, { ...a, endAt: Math.min(a.endAt, now) }),
    );
  if (waiting) return past;
  const {
    id: _id,
    logical_date: _l,
    run_after: _r,
    note: _n,
    rendered_map_index: _i,
    rendered_fields: _f,
    trigger: _t,
    triggerer_job: _j,
    ...present
  } = v2TaskInstance(simulation, run, task);
  return [...past, present];
}

function listTries(context: V2Context, found: FoundTask) {
  const all = triesOf(context, found);
  return { task_instances: all, total_entries: all.length };
}

function oneTry(context: V2Context, found: FoundTask) {
  const tryNumber = Number(context.params.tryNumber);
  const one = triesOf(context, found).find(t => t.try_number === tryNumber);
  if (one) return one;
  const { dagId, runId, taskId } = context.params;
  throw notFound(
    `The Task Instance with dag_id: \`${dagId}\`, run_id: \`${runId}\`, task_id: \`${taskId}\`, try_number: \`${tryNumber}\` and map_index: \`${found.task.mapIndex}\` was not found`,
  );
}

function dependencies(context: V2Context, { run, task }: FoundTask) {
  const reasons = waitReasons(context.cluster.simulation, run, task);
  return { dependencies: reasons };
}

const queryIndex = (context: V2Context) =>
  context.query.integer('map_index') ?? -1;

const patchBody = z.strictObject({
  new_state: z.enum(['success', 'failed', 'skipped']).nullish(),
  note: z.string().max(1000).nullish(),
  include_upstream: z.boolean().default(false),
  include_downstream: z.boolean().default(false),
  include_future: z.boolean().default(false),
  include_past: z.boolean().default(false),
});

/** The instances that a mark is about: one, or all of a mapped task. */
function patchTargets(context: V2Context): {
  run: RunFacts;
  tasks: TaskFacts[];
} {
  const { dagId, runId, taskId } = context.params;
  const { simulation } = context.cluster;
  const dag = simulation.dag(dagId);
  if (!dag) throw notFound(`The Dag with ID: \`${dagId}\` was not found`);
  const planned = graphOf(dag).byId.get(taskId);
  if (!planned) throw notFound(`Task '${taskId}' not found in Dag '${dagId}'`);
  const mapIndex =
    'mapIndex' in context.params
      ? pathIndex(context)
      : context.query.integer('map_index');
  if (mapIndex !== undefined) {
    const found = findTask(context, mapIndex);
    return { run: found.run, tasks: [found.task] };
  }
  const run = simulation.findRun(dag, runId);
  if (!run) {
    throw notFound(
      `The Task Instance with dag_id: \`${dagId}\`, run_id: \`${runId}\` and task_id: \`${taskId}\` was not found`,
    );
  }
  return { run, tasks: [...simulation.tasksOf(run, planned)] };
}

function patchTasks(
  context: V2Context,
  dryRun: boolean,
  targets = patchTargets,
) {
  const body = readBody(patchBody, context.body);
  const { run, tasks } = targets(context);
  const { simulation, actions } = context.cluster;
  const { new_state: state } = body;
  let affected = tasks;
  if (state) {
    const taskIds = tasks.map((t): [string, number] => [
      t.planned.task.taskId,
      t.mapIndex,
    ]);
    const related = actions.selectTasks(run, {
      taskIds,
      upstream: body.include_upstream,
      downstream: body.include_downstream,
      onlyFailed: false,
      onlyRunning: false,
    });
    affected = related.filter(t => t.state !== state);
    if (!dryRun && affected.length === 0) {
      throw new ApiError(
        409,
        `Task id ${
          context.params.taskId ?? context.params.groupId
        } is already in ${state} state`,
      );
    }
  }
  if (!dryRun) {
    // Null takes no note away here; an empty one does.
    if (typeof body.note === 'string')
      tasks.forEach(t => actions.noteTask(run, t, body.note || null));
    if (state) actions.markTasks(run, affected, state);
    actions.audit(
      'patch_task_instance',
      context.user.name,
      {
        dagId: run.dag.dagId,
        runId: run.runId,
        taskId: context.params.taskId,
      },
      body,
    );
  }
  const fresh = simulation.facts(run);
  const shown = dryRun ? affected : tasks;
  const items = shown.map(t =>
    v2TaskInstance(
      simulation,
      fresh,
      simulation.taskInstance(fresh, t.planned, t.mapIndex) ?? t,
    ),
  );
  return { task_instances: items, total_entries: items.length };
}

function groupTargets(context: V2Context): {
  run: RunFacts;
  tasks: TaskFacts[];
} {
  const { dagId, groupId, runId } = context.params;
  const dag = findDag(context);
  const { simulation } = context.cluster;
  const members = graphOf(dag).tasks.filter(t =>
    t.task.taskId.startsWith(`${groupId}.`),
  );
  if (members.length === 0)
    throw notFound(`Task group '${groupId}' not found in DAG '${dagId}'`);
  const run = simulation.findRun(dag, runId);
  if (!run)
    throw notFound(
      `No task instances found for task group '${groupId}' in dag run '${runId}'`,
    );
  return { run, tasks: members.flatMap(m => [...simulation.tasksOf(run, m)]) };
}

const clearFields = {
  dry_run: z.boolean().default(true),
  start_date: awareInstant.nullish(),
  end_date: awareInstant.nullish(),
  only_failed: z.boolean().default(true),
  only_running: z.boolean().default(false),
  reset_dag_runs: z.boolean().default(true),
  task_ids: z
    .array(z.union([z.string(), z.tuple([z.string(), z.int()])]))
    .nullish(),
  dag_run_id: z.string().nullish(),
  include_upstream: z.boolean().default(false),
  include_downstream: z.boolean().default(false),
  include_future: z.boolean().default(false),
  include_past: z.boolean().default(false),
  run_on_latest_version: z.boolean().nullish(),
};
const clearBody = z.strictObject({
  ...clearFields,
  prevent_running_task: z.boolean().default(false),
  note: z.string().max(1000).nullish(),
});

function readClear(context: V2Context): z.infer<typeof clearBody> {
  if (context.cluster.simulation.isAtLeast('3.3'))
    return readBody(clearBody, context.body);
  const body = readBody(z.strictObject(clearFields), context.body);
  return { ...body, prevent_running_task: false };
}

function clearRuns(
  context: V2Context,
  body: z.infer<typeof clearBody>,
): RunFacts[] {
  const { simulation, runs } = context.cluster;
  const { dagId } = context.params;
  const dag = findDag(context);
  let from = body.start_date ?? undefined;
  let to = body.end_date ?? undefined;
  const anyDate = body.include_past || body.include_future;
  if (typeof body.dag_run_id === 'string') {
    const run = simulation.findRun(dag, body.dag_run_id);
    if (!run)
      throw notFound(`Dag Run id ${body.dag_run_id} not found in dag ${dagId}`);
    if (!anyDate) return [run];
    if (run.logicalDate === null) {
      throw badRequest(
        'Cannot use include_past or include_future with no logical_date(e.g. manually or asset-triggered).',
      );
    }
    from = run.logicalDate;
    to = run.logicalDate;
  }
  if (body.include_past) from = undefined;
  if (body.include_future) to = undefined;
  return runs.scan({
    dags: [dag],
    logicalDate:
      from === undefined && to === undefined
        ? undefined
        : { from, to: to === undefined ? undefined : to + 1 },
  });
}

function clearTasks(context: V2Context) {
  const body = readClear(context);
  const { simulation, actions } = context.cluster;
  const items: object[] = [];
  for (const run of clearRuns(context, body)) {
    const tasks = actions.selectTasks(run, {
      taskIds: body.task_ids ?? undefined,
      upstream: body.include_upstream,
      downstream: body.include_downstream,
      onlyFailed: body.only_failed,
      onlyRunning: body.only_running,
    });
    const running = tasks.find(t => t.state === 'running');
    if (!body.dry_run && body.prevent_running_task && running) {
      throw new ApiError(
        409,
        `AirflowClearRunningTaskException: Task ${running.planned.task.taskId} is running, stopping attempt to clear.`,
      );
    }
    if (!body.dry_run) {
      actions.clear(run, tasks, body.reset_dag_runs);
      if (typeof body.note === 'string')
        tasks.forEach(t => actions.noteTask(run, t, body.note ?? null));
    }
    const fresh = simulation.facts(run);
    for (const task of tasks) {
      const now =
        simulation.taskInstance(fresh, task.planned, task.mapIndex) ?? task;
      items.push(v2TaskInstance(simulation, fresh, body.dry_run ? task : now));
    }
  }
  if (!body.dry_run) {
    actions.audit(
      'post_clear_task_instances',
      context.user.name,
      { dagId: context.params.dagId },
      body,
    );
  }
  return { task_instances: items, total_entries: items.length };
}

const RUN = '/dags/:dagId/dagRuns/:runId';
const TASK = `${RUN}/taskInstances/:taskId`;
const ONE = `${TASK}/:mapIndex`;
const GROUP = `${RUN}/taskGroupInstances/:groupId`;
const NUMBER = ':tryNumber(\\d+)';

export const taskInstanceRoutes: V2Route[] = [
  {
    method: 'post',
    path: `${RUN}/taskInstances/list`,
    reads: true,
    handle: batch,
  },
  {
    method: 'post',
    path: '/dags/:dagId/clearTaskInstances',
    handle: clearTasks,
  },
  { method: 'get', path: `${RUN}/taskInstances`, handle: listTasks },
  {
    method: 'patch',
    path: GROUP,
    since: '3.3',
    handle: c => patchTasks(c, false, groupTargets),
  },
  {
    method: 'patch',
    path: `${GROUP}/dry_run`,
    since: '3.3',
    handle: c => patchTasks(c, true, groupTargets),
  },
  { method: 'get', path: `${TASK}/listMapped`, handle: listMapped },
  {
    method: 'get',
    path: `${TASK}/tries`,
    handle: c => listTries(c, findTask(c, queryIndex(c))),
  },
  {
    method: 'get',
    path: `${TASK}/tries/${NUMBER}`,
    handle: c => oneTry(c, findTask(c, queryIndex(c))),
  },
  {
    method: 'get',
    path: `${TASK}/links`,
    handle: c => {
      const { links = {} } = findTask(c, queryIndex(c)).task.planned.task;
      const total = Object.keys(links).length;
      return { extra_links: links, total_entries: total };
    },
  },
  {
    method: 'get',
    path: `${TASK}/dependencies`,
    handle: c => dependencies(c, findTask(c, queryIndex(c))),
  },
  { method: 'get', path: TASK, handle: c => json(c, findPlainTask(c)) },
  { method: 'patch', path: TASK, handle: c => patchTasks(c, false) },
  {
    method: 'patch',
    path: `${TASK}/dry_run`,
    handle: c => patchTasks(c, true),
  },
  {
    method: 'get',
    path: `${ONE}/tries`,
    handle: c => listTries(c, findTask(c, pathIndex(c))),
  },
  {
    method: 'get',
    path: `${ONE}/tries/${NUMBER}`,
    handle: c => oneTry(c, findTask(c, pathIndex(c))),
  },
  {
    method: 'get',
    path: `${ONE}/dependencies`,
    handle: c => dependencies(c, findTask(c, pathIndex(c))),
  },
  {
    method: 'get',
    path: `${TASK}/:mapIndex(-?\\d+)`,
    handle: c => json(c, findTask(c, pathIndex(c))),
  },
  {
    method: 'patch',
    path: `${TASK}/:mapIndex(-?\\d+)`,
    handle: c => patchTasks(c, false),
  },
  {
    method: 'patch',
    path: `${TASK}/:mapIndex(-?\\d+)/dry_run`,
    handle: c => patchTasks(c, true),
  },
];
