import { z } from 'zod';
import { pageOfUnsorted } from '../api/paging';
import { filterOfNamed, namedTasks, runsNamed } from '../api/taskBatch';
import { graphOf } from '../simulation/graph';
import { inRange, rangeThrough } from '../simulation/range';
import { RunFacts } from '../simulation/run';
import {
  findMapped,
  findTasks,
  runsUpdated,
  sortTasks,
  TaskFilter,
  TaskSortKey,
} from '../simulation/taskQuery';
import { isoInstant, readBody } from './body';
import { badRequest, notFound, PAGE, V1Context, V1Route } from './http';
import { v1TaskInstance } from './serialize';

const RANGES = [
  'execution_date',
  'start_date',
  'end_date',
  'updated_at',
  'duration',
].flatMap(n => [`${n}_gte`, `${n}_lte`]);
const FILTERS = [...PAGE, ...RANGES, 'state', 'pool', 'queue', 'executor'];

/** Less than any two durations differ by. */
const SECOND_STEP = 1e-6;

function stateSet(states: readonly (string | null)[] | null | undefined) {
  return states && states.length > 0
    ? new Set(states.map(s => (s === 'none' || s === 'None' ? null : s)))
    : undefined;
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
    duration: rangeThrough(
      query.number('duration_gte'),
      query.number('duration_lte'),
      SECOND_STEP,
    ),
    where: executors && (() => false),
  };
}

/** Runs named by a path in which `~` stands for all. */
function runsOf(context: V1Context, filter: TaskFilter): RunFacts[] {
  const { simulation, runs } = context.cluster;
  const { dagId, runId } = context.params;
  const dags = simulation.dagBag.named(dagId);
  const logicalDate = context.query.range('execution_date');
  if (runId !== '~') {
    return dags
      .map(d => simulation.findRun(d, runId))
      .filter((r): r is RunFacts => r !== undefined)
      .filter(r => inRange(r.logicalDate ?? r.runAfter, logicalDate));
  }
  return runs.scan({ dags, logicalDate, updatedAt: runsUpdated(filter) });
}

function listTasks(context: V1Context) {
  const filter = filterOf(context);
  const { simulation } = context.cluster;
  const rows = findTasks(simulation, runsOf(context, filter), filter);
  return {
    task_instances: pageOfUnsorted(
      context.query.page(),
      rows,
      simulation.nextShuffle(),
    ).map(r => v1TaskInstance(r.run, r.task)),
    total_entries: rows.length,
  };
}

const batchBody = z.strictObject({
  ...namedTasks,
  execution_date_gte: isoInstant.nullish(),
  execution_date_lte: isoInstant.nullish(),
  start_date_gte: isoInstant.nullish(),
  start_date_lte: isoInstant.nullish(),
  end_date_gte: isoInstant.nullish(),
  end_date_lte: isoInstant.nullish(),
  duration_gte: z.number().nullish(),
  duration_lte: z.number().nullish(),
  page_limit: z.int().min(1).default(100),
  page_offset: z.int().min(0).default(0),
});

function batch(context: V1Context) {
  const body = readBody(batchBody, context.body);
  const { simulation } = context.cluster;
  const found = runsNamed(context.cluster, body, {
    logicalDate: rangeThrough(body.execution_date_gte, body.execution_date_lte),
  });
  const rows = findTasks(simulation, found, {
    ...filterOfNamed(body),
    states: stateSet(body.state),
    startDate: rangeThrough(body.start_date_gte, body.start_date_lte),
    endDate: rangeThrough(body.end_date_gte, body.end_date_lte),
    duration: rangeThrough(body.duration_gte, body.duration_lte, SECOND_STEP),
  });
  return {
    task_instances: pageOfUnsorted(
      { limit: body.page_limit, offset: body.page_offset },
      rows,
      simulation.nextShuffle(),
    ).map(r => v1TaskInstance(r.run, r.task)),
    total_entries: rows.length,
  };
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
  const dag = simulation.dagBag.get(dagId);
  if (!dag) throw notFound(`DAG ${dagId} not found`);
  const planned = graphOf(dag).byId.get(taskId);
  if (!planned) throw notFound(`Task id ${taskId} not found`);
  if (!planned.task.mapped) throw notFound(`Task id ${taskId} is not mapped`);
  const run = simulation.findRun(dag, context.params.runId);
  const order = context.query.text('order_by') ?? 'map_index';
  const key = MAPPED_SORTS.find(k => k === order.replace(/^-/, ''));
  if (!key) throw badRequest(`Ordering with '${order}' is not supported`);
  const rows = findMapped(simulation, run, taskId, filterOf(context));
  sortTasks(rows, key, order.startsWith('-'));
  const { limit, offset } = context.query.page();
  return {
    task_instances: rows
      .slice(offset, offset + limit)
      .map(r => v1TaskInstance(r.run, r.task)),
    total_entries: rows.length,
  };
}

const TASKS = '/dags/:dagId/dagRuns/:runId/taskInstances';

export const taskListRoutes: V1Route[] = [
  {
    method: 'post',
    path: '/dags/~/dagRuns/~/taskInstances/list',
    restricted: false,
    handle: batch,
  },
  { method: 'get', path: TASKS, query: FILTERS, handle: listTasks },
  {
    method: 'get',
    path: `${TASKS}/:taskId/listMapped`,
    query: [...FILTERS, 'order_by'],
    handle: listMapped,
  },
];
