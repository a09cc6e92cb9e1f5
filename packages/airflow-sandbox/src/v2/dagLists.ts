import { DagDefinition } from '../fleet/types';
import { RunFacts } from '../simulation/run';
import { compareValues } from '../simulation/runSort';
import { V2Context, V2Route } from './route';
import { readPatch } from './dagPatch';
import { v2Dag } from './serialize/dag';

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
  return simulation.dagBag.all().filter(
    d =>
      !simulation.overlay.isEmptied &&
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

function listTags(context: V2Context) {
  const { limit, offset } = context.query.page();
  const { descending } = context.query.order(['name'], 'name');
  const matches = context.query.pattern('tag_name');
  const all = [
    ...new Set(context.cluster.simulation.dagBag.all().flatMap(d => d.tags)),
  ]
    .filter(t => !matches || matches(t))
    .sort();
  if (descending) all.reverse();
  return { tags: all.slice(offset, offset + limit), total_entries: all.length };
}

export const dagListRoutes: V2Route[] = [
  { method: 'get', path: '/dags', handle: listDags },
  { method: 'patch', path: '/dags', handle: patchDags },
  { method: 'get', path: '/dagTags', handle: listTags },
];
