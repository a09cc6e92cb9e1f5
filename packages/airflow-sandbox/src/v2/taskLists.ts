import { z } from 'zod';
import { filterOfNamed, namedTasks, runsNamed } from '../api/taskBatch';
import { graphOf } from '../simulation/graph';
import { RunFacts } from '../simulation/run';
import {
  findMapped,
  findTasks,
  runsUpdated,
  sortTasks,
  TaskFilter,
  TaskRow,
} from '../simulation/taskQuery';
import { rangeFields, requireWildcard } from './batch';
import { decodeCursor, encodeCursor, TOTAL_LIMIT } from './cursor';
import { findDag, findRun } from './find';
import { awareInstant, bodyRange, readBody } from './body';
import { badRequest, notFound } from './errors';
import { readOrder } from './query';
import { V2Context, V2Route } from './route';
import { v2TaskInstances } from './serialize/taskInstance';
import { filterOf, SORTS, statesOf } from './taskFilters';

function runsOf(context: V2Context, filter: TaskFilter): RunFacts[] {
  const { simulation, runs } = context.cluster;
  const { dagId, runId } = context.params;
  if (runId !== '~') {
    if (dagId === '~')
      throw badRequest('dag_id is required when dag_run_id is specified');
    return [findRun(context, '')];
  }
  const dags = dagId === '~' ? simulation.dagBag.all() : [findDag(context)];
  return runs.scan({
    dags,
    runAfter: context.query.range('run_after'),
    logicalDate: context.query.range('logical_date'),
    updatedAt: runsUpdated(filter),
  });
}

function pageOfTasks(context: V2Context, rows: TaskRow[]) {
  const { query, cluster } = context;
  const { limit, offset } = query.page();
  const cursor = query.since('3.3', 'cursor');
  const start =
    cursor === undefined ? offset : decodeCursor(cursor)?.token.offset ?? 0;
  const page = rows.slice(start, start + limit);
  const end = start + page.length;
  const byCursor = cursor !== undefined;
  return {
    task_instances: v2TaskInstances(cluster.simulation, page),
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
  return pageOfTasks(context, sortTasks(rows, SORTS[key], descending));
}

function listMapped(context: V2Context) {
  const { simulation } = context.cluster;
  const { dagId, taskId, runId } = context.params;
  const { key, descending } = context.query.order(
    Object.keys(SORTS),
    'map_index',
  );
  const dag = simulation.dagBag.get(dagId);
  if (!dag) throw notFound(`The Dag with ID: \`${dagId}\` was not found`);
  const planned = graphOf(dag).byId.get(taskId);
  if (!planned) throw notFound(`Task id ${taskId} not found`);
  if (!planned.task.mapped) throw notFound(`Task id ${taskId} is not mapped`);
  const run = simulation.findRun(dag, runId);
  const rows = findMapped(simulation, run, taskId, filterOf(context));
  return pageOfTasks(context, sortTasks(rows, SORTS[key], descending));
}

/** A batch can be ordered by less than a list. */
const BATCH_SORTS = [
  'id',
  'state',
  'duration',
  'start_date',
  'end_date',
  'map_index',
];

const batchBody = z.strictObject({
  ...namedTasks,
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
  const { simulation } = context.cluster;
  const found = runsNamed(context.cluster, body, {
    runAfter: bodyRange(body, 'run_after'),
    logicalDate: bodyRange(body, 'logical_date'),
  });
  const rows = findTasks(simulation, found, {
    ...filterOfNamed(body),
    states: statesOf(body.state ?? undefined),
    startDate: bodyRange(body, 'start_date'),
    endDate: bodyRange(body, 'end_date'),
    duration: bodyRange(body, 'duration', 1e-9),
  });
  if (body.order_by) {
    const { key, descending } = readOrder(body.order_by, BATCH_SORTS);
    sortTasks(rows, SORTS[key], descending);
  }
  const page = rows.slice(body.page_offset, body.page_offset + body.page_limit);
  return {
    task_instances: v2TaskInstances(simulation, page),
    total_entries: rows.length,
  };
}

const TASKS = '/dags/:dagId/dagRuns/:runId/taskInstances';

export const taskListRoutes: V2Route[] = [
  { method: 'post', path: `${TASKS}/list`, reads: true, handle: batch },
  { method: 'get', path: TASKS, handle: listTasks },
  { method: 'get', path: `${TASKS}/:taskId/listMapped`, handle: listMapped },
];
