import { z } from 'zod';
import { rangeThrough } from '../simulation/range';
import { RunFacts } from '../simulation/run';
import { RunQuery } from '../simulation/runQuery';
import { RunSortKey } from '../simulation/runSort';
import { instant, readBody } from './body';
import { findRun } from './find';
import { badRequest, PAGE, readOrder, V1Context, V1Route } from './http';
import { v1Run } from './serialize';

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

const RANGES = [
  'execution_date',
  'start_date',
  'end_date',
  'updated_at',
].flatMap(n => [`${n}_gte`, `${n}_lte`]);

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
    dags: cluster.simulation.dagBag.named(params.dagId),
    logicalDate: query.range('execution_date'),
    startDate: query.range('start_date'),
    endDate: query.range('end_date'),
    updatedAt: query.range('updated_at'),
    states: states && new Set(states),
    sort: SORTS[key],
    descending,
    // Airflow 2 sorts by one column alone.
    tiesTurned: (cluster.simulation.nextShuffle() ?? 0) % 2 === 1,
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
      ? simulation.dagBag.all().filter(d => ids.includes(d.dagId))
      : simulation.dagBag.all(),
    logicalDate: rangeThrough(body.execution_date_gte, body.execution_date_lte),
    startDate: rangeThrough(body.start_date_gte, body.start_date_lte),
    endDate: rangeThrough(body.end_date_gte, body.end_date_lte),
    states: body.states ? new Set(body.states) : undefined,
    sort: SORTS[key],
    descending,
    limit: body.page_limit,
    offset: body.page_offset,
  };
  const found = runs.list(query);
  return { dag_runs: found.runs.map(v1Run), total_entries: found.total };
}

export const dagRunListRoutes: V1Route[] = [
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
  {
    method: 'get',
    path: '/dags/:dagId/dagRuns/:runId',
    query: ['fields'],
    handle: c => pickFields(findRun(c), c.query.list('fields')),
  },
];
