import { assetEventsOf, assetsOf, poolUse } from '../api/catalog';
import { bundledProviders } from '../api/providers';
import { auditEntries } from '../api/audit';
import { pythonJson, xcomsOf } from '../api/xcom';
import { v1Time } from '../api/time';
import { healthBody } from '../simulation/health';
import { plannedTask } from './dagRuns';
import { contains } from './dags';
import {
  findRun,
  notFound,
  PAGE,
  Problem,
  specError,
  V1Context,
  V1Route,
} from './http';
import { poolCounts, v1Dataset, v1DatasetEvent } from './serialize';

function paged<T>(context: V1Context, rows: T[]): T[] {
  const { limit, offset } = context.query.page();
  return rows.slice(offset, offset + limit);
}

function version({ cluster }: V1Context) {
  return {
    git_version: '.release:6f3ea7d4',
    version: cluster.simulation.version,
  };
}

function importErrorsOf({ cluster: { simulation } }: V1Context) {
  const { dagsFolder, importErrors: known } = simulation.definition;
  return known
    .filter(e => e.timestamp <= simulation.now())
    .map((e, i) => ({
      filename: `${dagsFolder}/${e.relativeFile}`,
      import_error_id: i + 1,
      stack_trace: e.stackTrace,
      timestamp: v1Time(e.timestamp),
    }));
}

function importErrors(context: V1Context) {
  const order = context.query.order(
    ['import_error_id', 'timestamp', 'filename'],
    'import_error_id',
  );
  const all = importErrorsOf(context);
  if (order.descending) all.reverse();
  return { import_errors: paged(context, all), total_entries: all.length };
}

function importError(context: V1Context) {
  const { id } = context.params;
  const found = importErrorsOf(context).find(
    e => String(e.import_error_id) === id,
  );
  if (!found) {
    throw notFound(
      'Import error not found',
      `The ImportError with import_error_id: \`${id}\` was not found`,
    );
  }
  return found;
}

function poolsOf({ cluster: { simulation } }: V1Context) {
  const use = poolUse(simulation);
  return simulation.definition.pools.map(p => poolCounts(p, use.get(p.name)));
}

function pools(context: V1Context) {
  const { descending } = context.query.order(['name', 'slots', 'id'], 'id');
  const all = poolsOf(context);
  if (descending) all.reverse();
  return { pools: paged(context, all), total_entries: all.length };
}

function pool(context: V1Context) {
  const found = poolsOf(context).find(p => p.name === context.params.poolName);
  if (!found)
    throw notFound(
      'Not Found',
      `Pool with name:'${context.params.poolName}' not found`,
    );
  return found;
}

function dagStats(context: V1Context) {
  const ids = context.query.list('dag_ids');
  if (!ids) throw specError("Missing query parameter 'dag_ids'");
  const { simulation, runs } = context.cluster;
  const dags = simulation.dags().filter(d => ids.includes(d.dagId));
  const stats = dags.map(dag => {
    const counts: Record<string, number> = {
      queued: 0,
      running: 0,
      success: 0,
      failed: 0,
    };
    for (const run of runs.scan({ dags: [dag] })) counts[run.state] += 1;
    return {
      dag_id: dag.dagId,
      stats: Object.entries(counts).map(([state, count]) => ({ count, state })),
    };
  });
  return { dags: stats, total_entries: stats.length };
}

function dagWarnings(context: V1Context) {
  const dagId = context.query.text('dag_id');
  const type = context.query.text('warning_type');
  context.query.order(
    ['dag_id', 'warning_type', 'message', 'timestamp'],
    'timestamp',
  );
  const all = context.cluster.simulation.definition.dagWarnings
    .filter(
      w => (!dagId || w.dagId === dagId) && (!type || w.warningType === type),
    )
    .map(w => ({
      dag_id: w.dagId,
      message: w.message,
      timestamp: v1Time(w.timestamp),
      warning_type: w.warningType,
    }));
  return { dag_warnings: paged(context, all), total_entries: all.length };
}

function eventLogs(context: V1Context) {
  const { query } = context;
  const { descending } = query.order(
    [
      'event_log_id',
      'when',
      'dag_id',
      'task_id',
      'run_id',
      'event',
      'execution_date',
      'owner',
      'extra',
    ],
    'event_log_id',
  );
  const included = query.list('included_events');
  const excluded = query.list('excluded_events');
  const before = query.instant('before');
  const after = query.instant('after');
  const is = (name: string, value: string | null) => {
    const wanted = query.text(name);
    return wanted === undefined || wanted === value;
  };
  const all = auditEntries(context.cluster.simulation)
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
      dag_id: e.dagId,
      event: e.event,
      event_log_id: e.id,
      execution_date: null,
      extra: e.extra,
      map_index: null,
      owner: e.owner,
      run_id: e.runId,
      task_id: e.taskId,
      try_number: null,
      when: v1Time(e.when),
    }));
  if (descending) all.reverse();
  return { event_logs: paged(context, all), total_entries: all.length };
}

function datasets(context: V1Context) {
  const { query } = context;
  query.order(['id', 'uri', 'created_at', 'updated_at'], 'id');
  const pattern = query.text('uri_pattern');
  const ids = query.list('dag_ids');
  const all = assetsOf(context.cluster.simulation).filter(
    a =>
      (!pattern || contains(pattern)(a.uri)) &&
      (!ids ||
        a.producers.some(p => ids.includes(p.dag.dagId)) ||
        a.consumers.some(d => ids.includes(d.dagId))),
  );
  return {
    datasets: paged(context, all).map(v1Dataset),
    total_entries: all.length,
  };
}

function datasetEvents(context: V1Context) {
  const { query } = context;
  const { descending } = query.order(
    [
      'source_dag_id',
      'source_task_id',
      'source_run_id',
      'source_map_index',
      'timestamp',
    ],
    'timestamp',
  );
  const id = query.integer('dataset_id');
  const dagId = query.text('source_dag_id');
  const taskId = query.text('source_task_id');
  const runId = query.text('source_run_id');
  const all = assetEventsOf(context.cluster.simulation).filter(
    e =>
      (id === undefined || e.asset.id === id) &&
      (!dagId || e.sourceDagId === dagId) &&
      (!taskId || e.sourceTaskId === taskId) &&
      (!runId || e.sourceRunId === runId),
  );
  if (descending) all.reverse();
  return {
    dataset_events: paged(context, all).map(v1DatasetEvent),
    total_entries: all.length,
  };
}

function dataset(context: V1Context) {
  const uri = context.params[0];
  const found = assetsOf(context.cluster.simulation).find(a => a.uri === uri);
  if (!found)
    throw notFound(
      'Dataset not found',
      `The Dataset with uri: \`${uri}\` was not found`,
    );
  return v1Dataset(found);
}

function xcomContext(context: V1Context) {
  const run = findRun(context, () => notFound('XCom entry not found'));
  const planned = plannedTask(run, context.params.taskId);
  const mapIndex = context.query.integer('map_index');
  const { simulation } = context.cluster;
  const tasks = planned ? [...simulation.tasksOf(run, planned)] : [];
  return tasks
    .filter(task => mapIndex === undefined || task.mapIndex === mapIndex)
    .flatMap(task =>
      xcomsOf(run, task).map(e => ({
        dag_id: run.dag.dagId,
        execution_date: v1Time(run.logicalDate ?? run.runAfter),
        key: e.key,
        map_index: task.mapIndex,
        task_id: context.params.taskId,
        timestamp: v1Time(e.at),
        value: e.value,
      })),
    );
}

function xcoms(context: V1Context) {
  const key = context.query.text('xcom_key');
  const all = xcomContext(context)
    .filter(e => !key || e.key === key)
    .map(({ value: _value, ...rest }) => rest);
  return { xcom_entries: paged(context, all), total_entries: all.length };
}

function xcom(context: V1Context) {
  const found = xcomContext(context).find(e => e.key === context.params.key);
  if (!found) throw notFound('XCom entry not found');
  const asText = context.query.flag('stringify') ?? true;
  const value = asText ? pythonText(found.value) : found.value;
  return context.response.type('json').send(pythonJson({ ...found, value }));
}

function pythonText(value: unknown): string {
  if (typeof value === 'string') return value;
  return pythonJson(value)
    .replace(/"/g, "'")
    .replace(/([:,])(?=\S)/g, '$1 ')
    .replace(/\bnull\b/g, 'None')
    .replace(/\bNaN\b/g, 'nan')
    .replace(/\btrue\b/g, 'True')
    .replace(/\bfalse\b/g, 'False');
}

const forbiddenConfig = () => {
  throw new Problem(
    403,
    'Forbidden',
    'Your Airflow administrator chose not to expose the configuration, most likely for security reasons.',
  );
};

const ORDERED = [...PAGE, 'order_by'];
const XCOM = '/dags/:dagId/dagRuns/:runId/taskInstances/:taskId/xcomEntries';

export const otherRoutes: V1Route[] = [
  {
    method: 'get',
    path: '/importErrors',
    query: ORDERED,
    handle: importErrors,
  },
  { method: 'get', path: '/importErrors/:id(\\d+)', handle: importError },
  { method: 'get', path: '/pools', query: ORDERED, handle: pools },
  { method: 'get', path: '/pools/:poolName', handle: pool },
  { method: 'get', path: '/dagStats', query: ['dag_ids'], handle: dagStats },
  {
    method: 'get',
    path: '/dagWarnings',
    query: [...ORDERED, 'dag_id', 'warning_type'],
    handle: dagWarnings,
  },
  {
    method: 'get',
    path: '/eventLogs',
    restricted: true,
    query: [
      ...ORDERED,
      'dag_id',
      'task_id',
      'run_id',
      'map_index',
      'try_number',
      'event',
      'owner',
      'before',
      'after',
      'included_events',
      'excluded_events',
    ],
    handle: eventLogs,
  },
  {
    method: 'get',
    path: '/datasets',
    query: [...ORDERED, 'uri_pattern', 'dag_ids'],
    handle: datasets,
  },
  {
    method: 'get',
    path: '/datasets/events',
    query: [
      ...ORDERED,
      'dataset_id',
      'source_dag_id',
      'source_task_id',
      'source_run_id',
      'source_map_index',
    ],
    handle: datasetEvents,
  },
  { method: 'get', path: '/datasets/*', handle: dataset },
  {
    method: 'get',
    path: '/providers',
    handle: c => {
      const providers = bundledProviders(c.cluster.simulation.version);
      return { providers, total_entries: providers.length };
    },
  },
  {
    method: 'get',
    path: '/plugins',
    query: PAGE,
    handle: () => ({ plugins: [], total_entries: 0 }),
  },
  {
    method: 'get',
    path: '/config',
    query: ['section'],
    handle: forbiddenConfig,
  },
  {
    method: 'get',
    path: '/config/section/:section/option/:option',
    handle: forbiddenConfig,
  },
  {
    method: 'get',
    path: XCOM,
    query: [...PAGE, 'map_index', 'xcom_key'],
    handle: xcoms,
  },
  {
    method: 'get',
    path: `${XCOM}/:key`,
    query: ['map_index', 'deserialize', 'stringify'],
    handle: xcom,
  },
];

/** Routes that ask for no credentials. */
export const openRoutes: V1Route[] = [
  { method: 'get', path: '/version', handle: version },
  {
    method: 'get',
    path: '/health',
    handle: c => healthBody(c.cluster.simulation),
  },
];
