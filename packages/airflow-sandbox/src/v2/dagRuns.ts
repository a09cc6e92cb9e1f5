import { z } from 'zod';
import { checkConf } from '../api/conf';
import { RunFacts } from '../simulation/run';
import { RunQuery, RunSortKey } from '../simulation/runQuery';
import { decodeCursor, encodeCursor, TOTAL_LIMIT } from './cursor';
import {
  ApiError,
  awareInstant,
  badRequest,
  bodyRange,
  databaseError,
  findDag,
  findRun,
  invalid,
  notFound,
  readBody,
  readOrder,
  V2Context,
  V2Route,
} from './http';
import { v2Run, v2TaskInstance } from './serialize';

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

function durationOf(run: RunFacts): number | null {
  return run.startAt === null || run.endAt === null
    ? null
    : (run.endAt - run.startAt) / 1000;
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
  return run => {
    const took = durationOf(run);
    return (
      (!types || types.includes(run.runType)) &&
      (!runId || runId(run.runId)) &&
      (!dagId || dagId(run.dag.dagId)) &&
      (!user || (run.user !== null && user(run.user))) &&
      (!duration ||
        (took !== null &&
          took >= (duration.from ?? -Infinity) &&
          took < (duration.to ?? Infinity))) &&
      (!conf || JSON.stringify(run.conf).includes(conf)) &&
      (!versions || versions.includes(1))
    );
  };
}

function listRuns(context: V2Context) {
  const { query, cluster, params } = context;
  const { simulation } = cluster;
  const dags = params.dagId === '~' ? simulation.dags() : [findDag(context)];
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
  if (cursor !== undefined) return listByCursor(context, wanted, cursor);
  const { runs, total } = cluster.runs.list(wanted);
  return {
    dag_runs: runs.map(r => v2Run(simulation, r)),
    total_entries: total,
    ...(simulation.isAtLeast('3.3')
      ? { total_entries_limit: null, next_cursor: null, previous_cursor: null }
      : {}),
  };
}

/** Pages that stay right while new runs arrive at the head of the list. */
function listByCursor(context: V2Context, query: RunQuery, cursor: string) {
  const { runs, simulation } = context.cluster;
  const given = decodeCursor(cursor);
  const paged = { ...query, offset: 0 };
  if (given?.backward) {
    paged.offset = Math.max(0, given.token.offset - query.limit);
  } else if (given && given.token.key !== undefined) {
    const { key, seen } = given.token;
    paged.offset = seen;
    paged.runAfter = query.descending
      ? {
          ...query.runAfter,
          to: Math.min(query.runAfter?.to ?? Infinity, key + 1),
        }
      : {
          ...query.runAfter,
          from: Math.max(query.runAfter?.from ?? -Infinity, key),
        };
  } else if (given) {
    paged.offset = given.token.offset;
  }
  const page = runs.list(paged);
  const total = given
    ? runs.list({ ...query, offset: 0, limit: 0 }).total
    : page.total;
  const start = given?.backward ? paged.offset : given?.token.offset ?? 0;
  const byTime = query.sort === 'run_after';
  const last = page.runs[page.runs.length - 1];
  const more =
    paged.offset + page.runs.length < page.total && last !== undefined;
  const ties = page.runs.filter(r => r.runAfter === last?.runAfter).length;
  const carried =
    given && !given.backward && given.token.key === last?.runAfter
      ? given.token.seen
      : 0;
  const next = () =>
    encodeCursor({
      key: byTime ? last.runAfter : undefined,
      seen: ties + carried,
      offset: start + page.runs.length,
    });
  return {
    dag_runs: page.runs.map(r => v2Run(simulation, r)),
    total_entries: Math.min(total, TOTAL_LIMIT),
    total_entries_limit: TOTAL_LIMIT,
    next_cursor: more ? next() : null,
    previous_cursor:
      start > 0 ? `~${encodeCursor({ seen: 0, offset: start })}` : null,
  };
}

export function rangeFields(names: string[], value: z.ZodType) {
  const suffixes = ['_gte', '_gt', '_lte', '_lt'];
  return Object.fromEntries(
    names.flatMap(n => suffixes.map(s => [`${n}${s}`, value.nullish()])),
  );
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
  const ids = body.dag_ids;
  const duration = bodyRange(body, 'duration', 1e-9);
  const found = runs.list({
    dags: simulation.dags().filter(d => !ids || ids.includes(d.dagId)),
    runAfter: bodyRange(body, 'run_after'),
    logicalDate: bodyRange(body, 'logical_date'),
    startDate: bodyRange(body, 'start_date'),
    endDate: bodyRange(body, 'end_date'),
    states: statesOf(body.states ?? undefined),
    where: duration
      ? run => {
          const took = durationOf(run);
          return (
            took !== null &&
            took >= (duration.from ?? -Infinity) &&
            took < (duration.to ?? Infinity)
          );
        }
      : undefined,
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

/** Batch paths take `~` and nothing else. */
export function requireWildcard(value: string, name: string): void {
  if (value === '~') return;
  throw invalid({
    type: 'literal_error',
    loc: ['path', name],
    msg: "Input should be '~'",
    input: value,
    ctx: { expected: "'~'" },
  });
}

const triggerFields = {
  dag_run_id: z.string().nullish(),
  data_interval_start: awareInstant.nullish(),
  data_interval_end: awareInstant.nullish(),
  logical_date: awareInstant.nullable(),
  run_after: awareInstant.nullish(),
  conf: z.record(z.string(), z.unknown()).nullish(),
  note: z.string().nullish(),
};
const triggerBody = z.strictObject(triggerFields);
const partitionedBody = z.strictObject({
  ...triggerFields,
  partition_key: z.string().nullish(),
});

function trigger(context: V2Context) {
  const { simulation, actions } = context.cluster;
  const { dagId } = context.params;
  const body: z.infer<typeof partitionedBody> = simulation.isAtLeast('3.2')
    ? readBody(partitionedBody, context.body)
    : readBody(triggerBody, context.body);
  if (
    ((body.data_interval_start ?? null) === null) !==
    ((body.data_interval_end ?? null) === null)
  ) {
    throw invalid({
      type: 'value_error',
      loc: ['body'],
      msg: 'Value error, Either both data_interval_start and data_interval_end must be provided or both must be None',
    });
  }
  const dag = simulation.dag(dagId);
  if (!dag || dag.stale)
    throw notFound(`Dag with dag_id: '${dagId}' not found`);
  if (dag.hasImportErrors) {
    throw badRequest(
      `Dag with dag_id: '${dagId}' has import errors and cannot be triggered`,
    );
  }
  const runId = body.dag_run_id ?? undefined;
  if (runId !== undefined && !/^[A-Za-z0-9_.~:+-]+$/.test(runId)) {
    throw badRequest(
      `The run_id provided '${runId}' does not match regex pattern '^[A-Za-z0-9_.~:+-]+$' or '^(?:manual|scheduled|asset_triggered)__'`,
    );
  }
  const conf = body.conf ?? {};
  const wrong = checkConf(dag, conf);
  if (wrong) throw badRequest(wrong);
  const { logical_date: logicalDate } = body;
  const taken =
    logicalDate !== null &&
    [
      ...simulation.scheduledRefs(dag, logicalDate, logicalDate + 1),
      ...simulation.manualRefs(dag, logicalDate, logicalDate + 1),
    ].some(r => simulation.logicalDate(r) === logicalDate);
  if (taken || (runId !== undefined && simulation.findRef(dag, runId))) {
    throw databaseError(409, 'Unique constraint violation');
  }
  const run = actions.trigger(dag, {
    runId,
    logicalDate,
    runAfter: body.run_after ?? undefined,
    dataIntervalStart: body.data_interval_start,
    dataIntervalEnd: body.data_interval_end,
    conf,
    note: body.note ?? null,
    user: context.user.name,
    partitionKey: body.partition_key,
  });
  actions.audit(
    'trigger_dag_run',
    context.user.name,
    { dagId, runId: run.runId },
    body,
  );
  return v2Run(simulation, run);
}

const patchBody = z.strictObject({
  state: z.enum(['queued', 'success', 'failed']).nullish(),
  note: z.string().max(1000).nullish(),
});

function patchRun(context: V2Context) {
  const body = readBody(patchBody, context.body);
  const run = findRun(context);
  const { simulation, actions } = context.cluster;
  const mask = context.query.list('update_mask');
  const asked = (field: 'state' | 'note') =>
    body[field] !== undefined && (!mask || mask.includes(field));
  if (asked('state') && body.state) actions.markRun(run, body.state);
  if (asked('note')) actions.noteRun(run, body.note ?? null, context.user.name);
  actions.audit(
    'patch_dag_run',
    context.user.name,
    { dagId: run.dag.dagId, runId: run.runId },
    body,
  );
  return v2Run(simulation, simulation.facts(run));
}

function deleteRun(context: V2Context) {
  const run = findRun(context);
  const { simulation, actions } = context.cluster;
  if (run.state === 'running') {
    throw new ApiError(
      409,
      `The DagRun with dag_id: \`${run.dag.dagId}\` and run_id: \`${run.runId}\` cannot be deleted in running state`,
    );
  }
  simulation.overlay.deleteRun(run.dag.dagId, run.runId, run.runAfter);
  actions.audit('delete_dag_run', context.user.name, {
    dagId: run.dag.dagId,
    runId: run.runId,
  });
  return undefined;
}

const clearFields = {
  dry_run: z.boolean().default(true),
  only_failed: z.boolean().default(false),
  run_on_latest_version: z.boolean().nullish(),
};
const clearBody = z.strictObject({
  ...clearFields,
  only_new: z.boolean().default(false),
  note: z.string().max(1000).nullish(),
});

function readClear(context: V2Context): z.infer<typeof clearBody> {
  return context.cluster.simulation.isAtLeast('3.3')
    ? readBody(clearBody, context.body)
    : {
        ...readBody(z.strictObject(clearFields), context.body),
        only_new: false,
      };
}

function clearRun(context: V2Context) {
  const { simulation, actions } = context.cluster;
  const body = readClear(context);
  const run = findRun(context);
  const tasks = actions.selectTasks(run, {
    upstream: false,
    downstream: false,
    onlyFailed: body.only_failed,
    onlyRunning: false,
  });
  if (body.dry_run) {
    const cleared = body.only_new ? [] : tasks;
    return {
      task_instances: cleared.map(t => v2TaskInstance(simulation, run, t)),
      total_entries: cleared.length,
    };
  }
  if (!body.only_new) actions.clear(run, tasks, true);
  if (typeof body.note === 'string')
    actions.noteRun(run, body.note, context.user.name);
  actions.audit(
    'clear_dag_run',
    context.user.name,
    { dagId: run.dag.dagId, runId: run.runId },
    body,
  );
  return v2Run(simulation, simulation.facts(run));
}

const RUN = '/dags/:dagId/dagRuns/:runId';

export const dagRunRoutes: V2Route[] = [
  {
    method: 'post',
    path: '/dags/:dagId/dagRuns/list',
    reads: true,
    handle: batch,
  },
  { method: 'get', path: '/dags/:dagId/dagRuns', handle: listRuns },
  { method: 'post', path: '/dags/:dagId/dagRuns', handle: trigger },
  {
    method: 'get',
    path: RUN,
    handle: c => v2Run(c.cluster.simulation, findRun(c)),
  },
  { method: 'patch', path: RUN, handle: patchRun },
  { method: 'delete', path: RUN, handle: deleteRun },
  { method: 'post', path: `${RUN}/clear`, handle: clearRun },
];
