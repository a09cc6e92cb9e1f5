import { z } from 'zod';
import { durationOf } from '../simulation/duration';
import { inRange } from '../simulation/range';
import { RunQuery } from '../simulation/runQuery';
import { RunSortKey } from '../simulation/runSort';
import { rangeFields, requireWildcard } from './batch';
import { listByCursor } from './dagRunCursor';
import { findDag, findRun } from './find';
import { ApiError } from './errors';
import { awareInstant, bodyRange, readBody } from './body';
import { readOrder } from './query';
import { V2Context, V2Route } from './route';
import { v2Run } from './serialize/run';

const SORTS: Record<string, RunSortKey> = {
  id: 'run_after',
  state: 'state',
  dag_id: 'dag_id',
  run_id: 'run_id',
  dag_run_id: 'run_id',
  logical_date: 'logical_date',
  run_after: 'run_after',
  start_date: 'start_date',
  end_date: 'end_date',
  updated_at: 'updated_at',
  conf: 'run_after',
  duration: 'duration',
  partition_date: 'run_after',
};

const STATES = ['queued', 'running', 'success', 'failed'];

function statesOf(states: readonly (string | null)[] | undefined) {
  const wrong = states?.find(s => s !== null && !STATES.includes(s));
  if (wrong !== undefined) {
    throw new ApiError(
      422,
      `Invalid value for state. Valid values are ${STATES.join(', ')}`,
    );
  }
  return states && new Set(states.map(String));
}

function conditions({ query, cluster }: V2Context): RunQuery['where'] {
  const types = query.list('run_type');
  const runId = query.pattern('run_id');
  const dagId = cluster.simulation.isAtLeast('3.2')
    ? query.pattern('dag_id')
    : undefined;
  const user = query.pattern('triggering_user_name');
  const duration = cluster.simulation.isAtLeast('3.2')
    ? query.numberRange('duration')
    : undefined;
  const conf = query.since('3.2', 'conf_contains');
  const versions = query.integers('dag_version');
  if (
    ![types, runId, dagId, user, duration, conf, versions].some(
      c => c !== undefined,
    )
  )
    return undefined;
  return run =>
    (!types || types.includes(run.runType)) &&
    (!runId || runId(run.runId)) &&
    (!dagId || dagId(run.dag.dagId)) &&
    (!user || (run.user !== null && user(run.user))) &&
    inRange(durationOf(run), duration) &&
    (!conf || JSON.stringify(run.conf).includes(conf)) &&
    (!versions || versions.includes(1));
}

function listRuns(context: V2Context) {
  const { query, cluster, params } = context;
  const { simulation } = cluster;
  const dags =
    params.dagId === '~' ? simulation.dagBag.all() : [findDag(context)];
  const { key, descending } = query.order(Object.keys(SORTS), 'id');
  if (key === 'duration' && !simulation.isAtLeast('3.1')) readOrder(key, []);
  const { limit, offset } = query.page();
  const wanted: RunQuery = {
    dags,
    runAfter: query.range('run_after'),
    logicalDate: query.range('logical_date'),
    startDate: query.range('start_date'),
    endDate: query.range('end_date'),
    updatedAt: query.range('updated_at'),
    states: statesOf(query.list('state')),
    where: conditions(context),
    sort: SORTS[key],
    descending,
    limit,
    offset,
  };
  const cursor = query.since('3.3', 'cursor');
  if (cursor !== undefined) return listByCursor(cluster, wanted, cursor);
  const { runs, total } = cluster.runs.list(wanted);
  return {
    dag_runs: runs.map(r => v2Run(simulation, r)),
    total_entries: total,
    ...(simulation.isAtLeast('3.3')
      ? { total_entries_limit: null, next_cursor: null, previous_cursor: null }
      : {}),
  };
}

const batchBody = z.strictObject({
  order_by: z.string().nullish(),
  page_offset: z.int().min(0).default(0),
  page_limit: z.int().min(0).default(100),
  dag_ids: z.array(z.string()).nullish(),
  states: z.array(z.string().nullable()).nullish(),
  conf_contains: z.string().optional(),
  ...rangeFields(
    ['run_after', 'logical_date', 'start_date', 'end_date'],
    awareInstant,
  ),
  ...rangeFields(['duration'], z.number()),
});

function batch(context: V2Context) {
  requireWildcard(context.params.dagId, 'dag_id');
  const body = readBody(batchBody, context.body);
  const { simulation, runs } = context.cluster;
  const { key, descending } = readOrder(
    body.order_by ?? 'id',
    Object.keys(SORTS),
  );
  const duration = bodyRange(body, 'duration', 1e-9);
  const found = runs.list({
    dags: simulation.dagBag.among(body.dag_ids),
    runAfter: bodyRange(body, 'run_after'),
    logicalDate: bodyRange(body, 'logical_date'),
    startDate: bodyRange(body, 'start_date'),
    endDate: bodyRange(body, 'end_date'),
    states: statesOf(body.states ?? undefined),
    where: duration ? run => inRange(durationOf(run), duration) : undefined,
    sort: SORTS[key],
    descending,
    limit: body.page_limit,
    offset: body.page_offset,
  });
  return {
    dag_runs: found.runs.map(r => v2Run(simulation, r)),
    total_entries: found.total,
  };
}

export const dagRunListRoutes: V2Route[] = [
  {
    method: 'post',
    path: '/dags/:dagId/dagRuns/list',
    reads: true,
    handle: batch,
  },
  { method: 'get', path: '/dags/:dagId/dagRuns', handle: listRuns },
  {
    method: 'get',
    path: '/dags/:dagId/dagRuns/:runId',
    handle: c => v2Run(c.cluster.simulation, findRun(c)),
  },
];
