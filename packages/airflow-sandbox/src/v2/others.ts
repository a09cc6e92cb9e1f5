import { z } from 'zod';
import { assetEventsOf, assetsOf, poolUse } from '../api/catalog';
import { auditEntries } from '../api/audit';
import { bundledProviders } from '../api/providers';
import { v2Time } from '../api/time';
import { xcomsOf } from '../api/xcom';
import { RunFacts } from '../simulation/run';
import { healthBody, jobsOf } from '../simulation/health';
import { TaskFacts } from '../simulation/taskInstances';
import { poolCounts } from '../v1/serialize';
import {
  ApiError,
  findRun,
  findTask,
  FoundTask,
  invalid,
  notFound,
  pathIndex,
  readBody,
  V2Context,
  V2Route,
} from './http';
import { v2Asset, v2AssetEvent, v2Job, v2TaskInstance } from './serialize';

function paged<T>(context: V2Context, rows: T[]): T[] {
  const { limit, offset } = context.query.page();
  return rows.slice(offset, offset + limit);
}

/** Pages rows under a key, newest last unless asked otherwise. */
function collection(
  context: V2Context,
  key: string,
  rows: object[],
  sorts: string[],
  fallback = 'id',
) {
  const { descending } = context.query.order(sorts, fallback);
  const all = descending ? [...rows].reverse() : rows;
  return { [key]: paged(context, all), total_entries: all.length };
}

function importErrorRows({ cluster: { simulation } }: V2Context) {
  return simulation.definition.importErrors
    .filter(e => e.timestamp <= simulation.now())
    .map((e, i) => ({
      import_error_id: i + 1,
      timestamp: v2Time(e.timestamp),
      filename: e.relativeFile,
      bundle_name: 'dags-folder',
      stack_trace: e.stackTrace,
    }));
}

function importErrors(context: V2Context) {
  const matches = context.cluster.simulation.isAtLeast('3.1')
    ? context.query.pattern('filename')
    : undefined;
  const filename = context.query.since('3.3', 'filename');
  const bundle = context.query.since('3.3', 'bundle_name');
  const rows = importErrorRows(context).filter(
    e =>
      (!matches || matches(e.filename)) &&
      (!filename || e.filename === filename) &&
      (!bundle || e.bundle_name === bundle),
  );
  return collection(context, 'import_errors', rows, [
    'id',
    'timestamp',
    'filename',
    'bundle_name',
    'stacktrace',
    'import_error_id',
  ]);
}

function importError(context: V2Context) {
  const { id } = context.params;
  const found = importErrorRows(context).find(
    e => String(e.import_error_id) === id,
  );
  if (!found)
    throw notFound(
      `The ImportError with import_error_id: \`${id}\` was not found`,
    );
  return found;
}

function poolRows({ cluster: { simulation } }: V2Context) {
  const use = poolUse(simulation);
  return simulation.definition.pools.map(p => ({
    ...poolCounts(p, use.get(p.name)),
    ...(simulation.isAtLeast('3.2') ? { team_name: null } : {}),
  }));
}

function pools(context: V2Context) {
  const matches = context.query.pattern('pool_name');
  const rows = poolRows(context).filter(p => !matches || matches(p.name));
  return collection(context, 'pools', rows, ['id', 'pool', 'name']);
}

function pool(context: V2Context) {
  const found = poolRows(context).find(p => p.name === context.params.poolName);
  if (!found)
    throw notFound(
      `The Pool with name: \`${context.params.poolName}\` was not found`,
    );
  return found;
}

function dagWarnings(context: V2Context) {
  const { simulation } = context.cluster;
  const dagId = context.query.text('dag_id');
  const type = context.query.text('warning_type');
  const types = [
    'asset conflict',
    'non-existent pool',
    'runtime varying value',
  ];
  if (type !== undefined && !types.includes(type)) {
    throw invalid({
      type: 'enum',
      loc: ['query', 'warning_type'],
      msg: `Input should be ${types.map(t => `'${t}'`).join(' or ')}`,
      input: type,
    });
  }
  const rows = simulation.definition.dagWarnings
    .filter(
      w => (!dagId || w.dagId === dagId) && (!type || w.warningType === type),
    )
    .map(w => ({
      dag_id: w.dagId,
      warning_type: w.warningType,
      message: w.message,
      timestamp: v2Time(w.timestamp),
      ...(simulation.isAtLeast('3.1')
        ? { dag_display_name: simulation.dag(w.dagId)?.displayName ?? w.dagId }
        : {}),
    }));
  return collection(
    context,
    'dag_warnings',
    rows,
    ['dag_id', 'warning_type', 'message', 'timestamp'],
    'dag_id',
  );
}

function jobs(context: V2Context) {
  const { simulation, startedAt } = context.cluster;
  const type = context.query.text('job_type');
  const state = context.query.text('job_state');
  const hostname = context.query.text('hostname');
  const rows = jobsOf(simulation, startedAt)
    .filter(
      j =>
        (!type || j.jobType === type) &&
        (!state || j.state === state) &&
        (!hostname || j.hostname === hostname),
    )
    .map(j => v2Job(simulation, j));
  return collection(context, 'jobs', rows, [
    'id',
    'dag_id',
    'state',
    'job_type',
    'start_date',
    'end_date',
    'latest_heartbeat',
    'executor_class',
    'hostname',
    'unixname',
  ]);
}

function eventLogs(context: V2Context) {
  const { query, cluster } = context;
  const included = query.list('included_events');
  const excluded = query.list('excluded_events');
  const before = query.instant('before');
  const after = query.instant('after');
  const is = (name: string, value: string | null) => {
    const wanted = query.text(name);
    const pattern = cluster.simulation.isAtLeast('3.1')
      ? query.pattern(name)
      : undefined;
    return (
      (wanted === undefined || wanted === value) &&
      (!pattern || (value !== null && pattern(value)))
    );
  };
  const rows = auditEntries(cluster.simulation)
    .filter(
      e =>
        is('dag_id', e.dagId) &&
        is('task_id', e.taskId) &&
        is('run_id', e.runId) &&
        is('event', e.event) &&
        is('owner', e.owner) &&
        (!included || included.includes(e.event)) &&
        (!excluded || !excluded.includes(e.event)) &&
        (before === undefined || e.when < before) &&
        (after === undefined || e.when > after),
    )
    .map(e => ({
      event_log_id: e.id,
      when: v2Time(e.when),
      dag_id: e.dagId,
      task_id: e.taskId,
      run_id: e.runId,
      map_index: null,
      try_number: null,
      event: e.event,
      logical_date: null,
      owner: e.owner,
      extra: e.extra,
      ...(cluster.simulation.isAtLeast('3.1')
        ? { dag_display_name: e.dagId, task_display_name: e.taskId }
        : {}),
    }));
  return collection(context, 'event_logs', rows, [
    'id',
    'when',
    'dttm',
    'dag_id',
    'task_id',
    'run_id',
    'event',
    'logical_date',
    'owner',
    'extra',
  ]);
}

function assets(context: V2Context) {
  const { query, cluster } = context;
  const byName = query.pattern('name');
  const byUri = query.pattern('uri');
  const ids = query.list('dag_ids');
  const events = assetEventsOf(cluster.simulation);
  const rows = assetsOf(cluster.simulation)
    .filter(
      a =>
        (!byName || byName(a.name)) &&
        (!byUri || byUri(a.uri)) &&
        (!ids ||
          a.producers.some(p => ids.includes(p.dag.dagId)) ||
          a.consumers.some(d => ids.includes(d.dagId))),
    )
    .map(a =>
      v2Asset(
        cluster.simulation,
        a,
        [...events].reverse().find(e => e.asset.id === a.id),
      ),
    );
  return collection(context, 'assets', rows, [
    'id',
    'name',
    'uri',
    'created_at',
    'updated_at',
  ]);
}

function asset(context: V2Context) {
  const id = Number(context.params.id);
  const found = assetsOf(context.cluster.simulation).find(a => a.id === id);
  if (!found) throw notFound(`The Asset with ID: \`${id}\` was not found`);
  return v2Asset(context.cluster.simulation, found, undefined);
}

function assetEvents(context: V2Context) {
  const { query } = context;
  const id = query.integer('asset_id');
  const dagId = query.text('source_dag_id');
  const taskId = query.text('source_task_id');
  const runId = query.text('source_run_id');
  const time = query.range('timestamp');
  const rows = assetEventsOf(context.cluster.simulation)
    .filter(
      e =>
        (id === undefined || e.asset.id === id) &&
        (!dagId || e.sourceDagId === dagId) &&
        (!taskId || e.sourceTaskId === taskId) &&
        (!runId || e.sourceRunId === runId) &&
        (!time ||
          (e.at >= (time.from ?? -Infinity) && e.at < (time.to ?? Infinity))),
    )
    .map(v2AssetEvent);
  return collection(
    context,
    'asset_events',
    rows,
    [
      'source_task_id',
      'source_dag_id',
      'source_run_id',
      'source_map_index',
      'timestamp',
    ],
    'timestamp',
  );
}

function xcomRows({ run, task }: FoundTask) {
  return xcomsOf(run, task).map(e => ({
    key: e.key,
    timestamp: v2Time(e.at),
    logical_date: v2Time(run.logicalDate),
    map_index: task.mapIndex,
    task_id: task.planned.task.taskId,
    dag_id: run.dag.dagId,
    run_id: run.runId,
    dag_display_name: run.dag.displayName,
    task_display_name:
      task.planned.task.displayName ?? task.planned.task.taskId,
    run_after: v2Time(run.runAfter),
    value: e.value,
  }));
}

function xcoms(context: V2Context) {
  const key = context.query.text('xcom_key');
  const run = findRun(context);
  const mapIndex = context.query.integer('map_index', -1);
  const rows = [...context.cluster.simulation.taskInstances(run)]
    .filter(
      t =>
        t.planned.task.taskId === context.params.taskId &&
        (mapIndex === undefined || t.mapIndex === mapIndex),
    )
    .flatMap(task => xcomRows({ run, task, planned: task.planned }));
  const listed = rows
    .filter(e => !key || e.key === key)
    .map(({ value: _value, ...rest }) => rest);
  return { xcom_entries: paged(context, listed), total_entries: listed.length };
}

function xcom(context: V2Context) {
  const missing = () =>
    notFound(`XCom entry with key: \`${context.params.key}\` not found`);
  const mapIndex = context.query.integer('map_index', -1) ?? -1;
  const rows = (() => {
    try {
      return xcomRows(findTask(context, mapIndex));
    } catch {
      throw missing();
    }
  })();
  const found = rows.find(e => e.key === context.params.key);
  if (!found) throw missing();
  const asText = context.query.flag('stringify') ?? false;
  const isText = typeof found.value === 'string';
  return {
    ...found,
    value: asText && !isText ? JSON.stringify(found.value) : found.value,
  };
}

function hitlJson(
  context: V2Context,
  run: RunFacts,
  task: TaskFacts,
): object | undefined {
  const { hitl, taskId } = task.planned.task;
  if (!hitl || task.startAt === null) return undefined;
  const answer = run.context.touch?.answers.get(taskId);
  const received = answer !== undefined || task.state === 'success';
  return {
    options: hitl.options,
    subject: hitl.subject,
    body: hitl.body,
    defaults: null,
    multiple: false,
    params: {},
    assigned_users: [],
    created_at: v2Time(task.startAt),
    responded_by_user: received
      ? { id: answer?.user ?? 'admin', name: answer?.user ?? 'admin' }
      : null,
    responded_at: received ? v2Time(answer?.at ?? task.endAt) : null,
    chosen_options: received ? answer?.options ?? [hitl.options[0]] : null,
    params_input: answer?.params ?? {},
    response_received: received,
    task_instance: v2TaskInstance(context.cluster.simulation, run, task),
  };
}

function hitlRows(
  context: V2Context,
): Array<{ run: RunFacts; task: TaskFacts }> {
  const { simulation, runs } = context.cluster;
  const { dagId, runId } = context.params;
  const all = simulation.dags().filter(d => d.tasks.some(t => t.hitl));
  const dags = dagId === '~' ? all : all.filter(d => d.dagId === dagId);
  const found =
    runId === '~'
      ? runs.scan({ dags })
      : dags
          .map(d => simulation.findRun(d, runId))
          .filter(r => r !== undefined);
  return found.flatMap(run =>
    [...simulation.taskInstances(run)]
      .filter(t => t.planned.task.hitl)
      .map(task => ({ run, task })),
  );
}

function hitlDetails(context: V2Context) {
  const received = context.query.flag('response_received');
  const states = context.query.list('state');
  const taskId = context.query.text('task_id');
  const byDag = context.query.pattern('dag_id');
  const rows = hitlRows(context)
    .filter(
      r =>
        (received === undefined || (r.task.state === 'success') === received) &&
        (!states || states.includes(String(r.task.state))) &&
        (!taskId || r.task.planned.task.taskId === taskId) &&
        (!byDag || byDag(r.run.dag.dagId)),
    )
    .map(r => hitlJson(context, r.run, r.task))
    .filter(r => r !== undefined);
  return collection(
    context,
    'hitl_details',
    rows,
    [
      'ti_id',
      'subject',
      'responded_at',
      'created_at',
      'responded_by_user_id',
      'responded_by_user_name',
      'dag_id',
      'run_id',
      'task_display_name',
      'run_after',
      'rendered_map_index',
      'task_instance_operator',
      'task_instance_state',
    ],
    'ti_id',
  );
}

function hitlDetail(context: V2Context) {
  const { run, task } = findTask(context, pathIndex(context));
  const found = hitlJson(context, run, task);
  if (!found)
    throw notFound(
      `Human-in-the-loop detail does not exist for Task Instance with id ${context.params.taskId}`,
    );
  return found;
}

const answerBody = z.object({
  chosen_options: z.array(z.string()).min(1),
  params_input: z.record(z.string(), z.unknown()).default({}),
});

function answerHitl(context: V2Context) {
  const body = readBody(answerBody, context.body);
  const { run, task } = findTask(context, pathIndex(context));
  const { hitl, taskId } = task.planned.task;
  if (!hitl || task.startAt === null) {
    throw notFound(
      `Human-in-the-loop detail does not exist for Task Instance with id ${taskId}`,
    );
  }
  if (task.state === 'success' || run.context.touch?.answers.has(taskId)) {
    throw new ApiError(
      409,
      `Human-in-the-loop detail has already been updated for Task Instance with id ${taskId} and is not allowed to write again.`,
    );
  }
  if (body.chosen_options.some(o => !hitl.options.includes(o))) {
    throw new ApiError(
      400,
      `options ${JSON.stringify(body.chosen_options)} not in ${JSON.stringify(
        hitl.options,
      )}`,
    );
  }
  const { actions, simulation } = context.cluster;
  actions.answer(
    run,
    taskId,
    body.chosen_options,
    body.params_input,
    context.user.name,
  );
  return {
    responded_by: { id: context.user.name, name: context.user.name },
    responded_at: v2Time(simulation.now()),
    chosen_options: body.chosen_options,
    params_input: body.params_input,
  };
}

function configForbidden(): never {
  throw new ApiError(
    403,
    'Your Airflow administrator chose not to expose the configuration, most likely for security reasons.',
  );
}

const TASK = '/dags/:dagId/dagRuns/:runId/taskInstances/:taskId';
const HITL = `${TASK}/:mapIndex/hitlDetails`;

export const otherRoutes: V2Route[] = [
  { method: 'get', path: '/importErrors', handle: importErrors },
  { method: 'get', path: '/importErrors/:id(\\d+)', handle: importError },
  { method: 'get', path: '/pools', handle: pools },
  { method: 'get', path: '/pools/:poolName', handle: pool },
  { method: 'get', path: '/dagWarnings', handle: dagWarnings },
  { method: 'get', path: '/jobs', handle: jobs },
  { method: 'get', path: '/eventLogs', handle: eventLogs },
  { method: 'get', path: '/assets', handle: assets },
  { method: 'get', path: '/assets/events', handle: assetEvents },
  {
    method: 'get',
    path: '/assets/aliases',
    handle: c => ({ asset_aliases: paged(c, []), total_entries: 0 }),
  },
  { method: 'get', path: '/assets/:id(\\d+)', handle: asset },
  {
    method: 'get',
    path: '/providers',
    handle: c => {
      const all = bundledProviders(c.cluster.simulation.version).map(p => ({
        package_name: p.package_name,
        description: p.description,
        version: p.version,
        documentation_url: `https://airflow.apache.org/docs/${p.package_name}/${p.version}/`,
      }));
      return { providers: paged(c, all), total_entries: all.length };
    },
  },
  {
    method: 'get',
    path: '/plugins',
    handle: c => ({ plugins: paged(c, []), total_entries: 0 }),
  },
  {
    method: 'get',
    path: '/plugins/importErrors',
    since: '3.1',
    handle: () => ({ import_errors: [], total_entries: 0 }),
  },
  { method: 'get', path: '/config', handle: configForbidden },
  {
    method: 'get',
    path: '/config/section/:section/option/:option',
    handle: configForbidden,
  },
  { method: 'get', path: `${TASK}/xcomEntries`, handle: xcoms },
  { method: 'get', path: `${TASK}/xcomEntries/:key`, handle: xcom },
  {
    method: 'get',
    path: '/dags/:dagId/dagRuns/:runId/hitlDetails',
    since: '3.1',
    handle: hitlDetails,
  },
  { method: 'get', path: HITL, since: '3.1', handle: hitlDetail },
  { method: 'patch', path: HITL, since: '3.1', handle: answerHitl },
];

/** Routes that ask for no credentials. */
export const openRoutes: V2Route[] = [
  {
    method: 'get',
    path: '/version',
    handle: c => ({
      version: c.cluster.simulation.version,
      git_version: '.release:2bb14dfbbf1b1ebbdc8cd1d9f1a2a3b1d5e6c0a1',
    }),
  },
  {
    method: 'get',
    path: '/monitor/health',
    handle: c => healthBody(c.cluster.simulation),
  },
];
