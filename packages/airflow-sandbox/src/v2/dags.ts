import { z } from 'zod';
import { dagSource, versionsOf } from '../api/dagSource';
import { DagDefinition } from '../fleet/types';
import { RunFacts } from '../simulation/run';
import { graphOf } from '../simulation/graph';
import { compareValues } from '../simulation/runQuery';
import { fileToken } from '../v1/serialize';
import { findDag } from './find';
import { ApiError, badRequest, invalid, notFound } from './errors';
import { readBody } from './body';
import { V2Context, V2Route } from './route';
import { v2Dag, v2DagDetails, v2DagVersion, v2Task } from './serialize';

const SORTS = [
  'dag_id',
  'dag_display_name',
  'next_dagrun',
  'state',
  'start_date',
  'last_run_state',
  'last_run_start_date',
];

function lastRun(
  { cluster }: V2Context,
  dag: DagDefinition,
): RunFacts | undefined {
  return cluster.runs.list({
    dags: [dag],
    sort: 'run_after',
    descending: true,
    offset: 0,
    limit: 1,
  }).runs[0];
}

function selected(context: V2Context): DagDefinition[] {
  const { query, cluster } = context;
  const { simulation } = cluster;
  const excludeStale = query.flag('exclude_stale') ?? true;
  const paused = query.flag('paused');
  const tags = query.list('tags');
  const all = query.text('tags_match_mode') === 'all';
  const owners = query.list('owners');
  const byId = query.pattern('dag_id');
  const byName = query.pattern('dag_display_name');
  const errors = query.since('3.1', 'has_import_errors');
  const asset = query.since('3.1', 'has_asset_schedule');
  const favorite = query.since('3.1', 'is_favorite');
  const lastState = query.text('last_dag_run_state');
  const runStates = query.list('dag_run_state');
  const runStart = query.range('dag_run_start_date');
  const runEnd = query.range('dag_run_end_date');
  const wanted = (text: string | undefined, value: boolean) =>
    text === undefined || (text.toLowerCase() === 'true') === value;
  const byRuns = runStates || runStart || runEnd;
  return simulation.dags().filter(
    d =>
      (!excludeStale || !d.stale) &&
      (paused === undefined || simulation.isPaused(d) === paused) &&
      (!tags ||
        (all
          ? tags.every(t => d.tags.includes(t))
          : tags.some(t => d.tags.includes(t)))) &&
      (!owners || owners.some(o => d.owners.includes(o))) &&
      (!byId || byId(d.dagId)) &&
      (!byName || byName(d.displayName)) &&
      wanted(errors, d.hasImportErrors ?? false) &&
      wanted(asset, d.schedule.kind === 'assets') &&
      wanted(favorite, simulation.overlay.favorites.has(d.dagId)) &&
      (!lastState || lastRun(context, d)?.state === lastState) &&
      (!byRuns ||
        cluster.runs.scan({
          dags: [d],
          states: runStates && new Set(runStates),
          startDate: runStart,
          endDate: runEnd,
        }).length > 0),
  );
}

function listDags(context: V2Context) {
  const { query, cluster } = context;
  const { limit, offset } = query.page();
  const { key, descending } = query.order(SORTS, 'dag_id');
  const found = selected(context);
  const valueOf = (d: DagDefinition): string | number | null => {
    switch (key) {
      case 'dag_display_name':
        return d.displayName;
      case 'next_dagrun':
        return cluster.simulation.nextRun(d)?.runAfter ?? null;
      case 'last_run_state':
      case 'state':
        return lastRun(context, d)?.state ?? null;
      case 'last_run_start_date':
      case 'start_date':
        return lastRun(context, d)?.startAt ?? null;
      default:
        return d.dagId;
    }
  };
  const keyed = found.map(dag => ({ dag, value: valueOf(dag) }));
  const direction = descending ? -1 : 1;
  keyed.sort(
    (a, b) =>
      direction *
      (compareValues(a.value, b.value) ||
        compareValues(a.dag.dagId, b.dag.dagId)),
  );
  return {
    dags: keyed
      .slice(offset, offset + limit)
      .map(k => v2Dag(cluster.simulation, k.dag)),
    total_entries: found.length,
  };
}

const patchBody = z.strictObject({ is_paused: z.boolean() });

function readPatch(context: V2Context): boolean {
  const mask = context.query.list('update_mask');
  const { is_paused: paused } = readBody(patchBody, context.body);
  if (mask && (mask.length > 1 || mask[0] !== 'is_paused')) {
    throw badRequest(
      'Only `is_paused` field can be updated through the REST API',
    );
  }
  return paused;
}

function patchDag(context: V2Context) {
  const paused = readPatch(context);
  const dag = findDag(
    context,
    `Dag with id: ${context.params.dagId} was not found`,
  );
  context.cluster.actions.setPaused(dag, paused, context.user.name);
  return v2Dag(context.cluster.simulation, dag);
}

function patchDags(context: V2Context) {
  const paused = readPatch(context);
  const { actions } = context.cluster;
  const { limit, offset } = context.query.page();
  // Without a pattern the real server touches nothing.
  const found = context.query.pattern('dag_id') ? selected(context) : [];
  found.forEach(d => actions.setPaused(d, paused, context.user.name));
  return {
    dags: found
      .slice(offset, offset + limit)
      .map(d => v2Dag(context.cluster.simulation, d)),
    total_entries: found.length,
  };
}

function deleteDag(context: V2Context) {
  const { simulation, runs, actions } = context.cluster;
  const { dagId } = context.params;
  const dag = findDag(context, `Dag with id: ${dagId} was not found`);
  if (runs.scan({ dags: [dag], states: new Set(['running']) }).length > 0) {
    throw new ApiError(
      409,
      `Task instances of dag with id: '${dagId}' are still running`,
    );
  }
  simulation.overlay.deleteDag(dagId, simulation.now());
  actions.audit('delete_dag', context.user.name, { dagId });
  return undefined;
}

function details(context: V2Context) {
  const dag = findDag(context);
  const { simulation, runs } = context.cluster;
  const active = runs.scan({
    dags: [dag],
    states: new Set(['running', 'queued']),
  });
  return v2DagDetails(simulation, dag, active.length);
}

function tasks(context: V2Context) {
  const dag = findDag(context);
  const order = context.query.text('order_by') ?? 'task_id';
  const all = graphOf(dag).tasks.map(t =>
    v2Task(context.cluster.simulation, dag, t.task),
  );
  const [sample] = all;
  if (sample && !(order.replace(/^-/, '') in sample)) {
    throw badRequest(
      `'Operator' object has no attribute '${order.replace(/^-/, '')}'`,
    );
  }
  all.sort((a, b) => compareValues(a.task_id, b.task_id));
  if (order.startsWith('-')) all.reverse();
  return { tasks: all, total_entries: all.length };
}

function task(context: V2Context) {
  const dag = findDag(context);
  const found = graphOf(dag).byId.get(context.params.taskId);
  if (!found)
    throw notFound(`Task with id ${context.params.taskId} was not found`);
  return v2Task(context.cluster.simulation, dag, found.task);
}

function source(context: V2Context) {
  const { dagId } = context.params;
  const version = context.query.integer('version_number');
  const dag = context.cluster.simulation.dag(dagId);
  const wanted = version ?? (dag ? versionsOf(dag) : 0);
  if (!dag || wanted < 1 || wanted > versionsOf(dag)) {
    throw notFound(
      `The source code of the Dag ${dagId}, version_number ${
        version ?? 'None'
      } was not found`,
    );
  }
  const content = dagSource(dag, wanted);
  if (
    context.request.accepts(['application/json', 'text/plain']) === 'text/plain'
  ) {
    context.response.type('text/plain').send(content);
    return context.response;
  }
  return {
    content,
    dag_id: dagId,
    version_number: wanted,
    ...(context.cluster.simulation.isAtLeast('3.1')
      ? { dag_display_name: dag.displayName }
      : {}),
  };
}

function versions(context: V2Context) {
  const { simulation } = context.cluster;
  const dag = findDag(
    context,
    `The DAG with dag_id: \`${context.params.dagId}\` was not found`,
  );
  const { limit, offset } = context.query.page();
  const number = context.query.integer('version_number');
  const { descending } = context.query.order(
    ['id', 'version_number', 'bundle_name', 'bundle_version'],
    'id',
  );
  const numbers = Array.from({ length: versionsOf(dag) }, (_, i) => i + 1);
  const all = numbers
    .filter(one => number === undefined || one === number)
    .map(one => v2DagVersion(simulation, dag, one));
  if (descending) all.reverse();
  return {
    dag_versions: all.slice(offset, offset + limit),
    total_entries: all.length,
  };
}

function oneVersion(context: V2Context) {
  const { dagId, version } = context.params;
  const dag = context.cluster.simulation.dag(dagId);
  if (!dag || Number(version) < 1 || Number(version) > versionsOf(dag)) {
    throw notFound(
      `The DagVersion with dag_id: \`${dagId}\` and version_number: \`${version}\` was not found`,
    );
  }
  return v2DagVersion(context.cluster.simulation, dag, Number(version));
}

function setFavorite(context: V2Context, add: boolean) {
  const dag = findDag(
    context,
    `Dag with id '${context.params.dagId}' not found`,
  );
  const { favorites } = context.cluster.simulation.overlay;
  if (!add && !favorites.has(dag.dagId))
    throw new ApiError(409, 'Dag is not marked as favorite');
  if (add) favorites.add(dag.dagId);
  else favorites.delete(dag.dagId);
  return undefined;
}

function listTags(context: V2Context) {
  const { limit, offset } = context.query.page();
  const { descending } = context.query.order(['name'], 'name');
  const matches = context.query.pattern('tag_name');
  const all = [
    ...new Set(context.cluster.simulation.dags().flatMap(d => d.tags)),
  ]
    .filter(t => !matches || matches(t))
    .sort();
  if (descending) all.reverse();
  return { tags: all.slice(offset, offset + limit), total_entries: all.length };
}

function reparse(context: V2Context) {
  const { simulation } = context.cluster;
  const known = simulation
    .dags()
    .some(d => fileToken(simulation, d) === context.params.fileToken);
  if (!known) throw notFound('File not found');
  context.response.status(201).json(null);
  return context.response;
}

export const dagRoutes: V2Route[] = [
  { method: 'get', path: '/dags', handle: listDags },
  { method: 'patch', path: '/dags', handle: patchDags },
  {
    method: 'get',
    path: '/dags/:dagId',
    handle: c => v2Dag(c.cluster.simulation, findDag(c)),
  },
  { method: 'patch', path: '/dags/:dagId', handle: patchDag },
  { method: 'delete', path: '/dags/:dagId', handle: deleteDag },
  { method: 'get', path: '/dags/:dagId/details', handle: details },
  {
    method: 'post',
    path: '/dags/:dagId/favorite',
    since: '3.1',
    reads: true,
    handle: c => setFavorite(c, true),
  },
  {
    method: 'post',
    path: '/dags/:dagId/unfavorite',
    since: '3.1',
    reads: true,
    handle: c => setFavorite(c, false),
  },
  { method: 'get', path: '/dags/:dagId/tasks', handle: tasks },
  { method: 'get', path: '/dags/:dagId/tasks/:taskId', handle: task },
  { method: 'get', path: '/dags/:dagId/dagVersions', handle: versions },
  {
    method: 'get',
    path: '/dags/:dagId/dagVersions/:version',
    handle: c => {
      if (!/^\d+$/.test(c.params.version)) {
        throw invalid({
          type: 'int_parsing',
          loc: ['path', 'version_number'],
          msg: 'Input should be a valid integer, unable to parse string as an integer',
          input: c.params.version,
        });
      }
      return oneVersion(c);
    },
  },
  { method: 'get', path: '/dagSources/:dagId', handle: source },
  { method: 'get', path: '/dagTags', handle: listTags },
  { method: 'put', path: '/parseDagFile/:fileToken', handle: reparse },
];
