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

type Condition = (dag: DagDefinition) => boolean;

/** What a query asks of DAGs; what it leaves out is no condition. */
function conditions(context: V2Context): Condition[] {
  const { query, cluster } = context;
  const { simulation } = cluster;
  const ofTags = query.text('tags_match_mode');
  const flagged = (name: string, isSo: Condition) => {
    const text = query.since('3.1', name);
    return when(text, t => dag => (t.toLowerCase() === 'true') === isSo(dag));
  };
  return [
    when(query.flag('paused'), p => dag => simulation.isPaused(dag) === p),
    when(
      query.list('tags'),
      tags => dag =>
        ofTags === 'all'
          ? tags.every(t => dag.tags.includes(t))
          : tags.some(t => dag.tags.includes(t)),
    ),
    when(
      query.list('owners'),
      owners => dag => owners.some(o => dag.owners.includes(o)),
    ),
    when(query.pattern('dag_id'), fits => dag => fits(dag.dagId)),
    when(
      query.pattern('dag_display_name'),
      fits => dag => fits(dag.displayName),
    ),
    flagged('has_import_errors', dag => dag.hasImportErrors ?? false),
    flagged('has_asset_schedule', dag => dag.schedule.kind === 'assets'),
    flagged('is_favorite', dag => simulation.overlay.favorites.has(dag.dagId)),
    when(
      query.text('last_dag_run_state') || undefined,
      state => dag => lastRun(context, dag)?.state === state,
    ),
    runCondition(context),
  ].filter(condition => condition !== undefined);
}

function when<T>(
  wanted: T | undefined,
  condition: (wanted: T) => Condition,
): Condition | undefined {
  return wanted === undefined ? undefined : condition(wanted);
}

/** That the DAG has a run that meets all that is asked of its runs. */
function runCondition({ query, cluster }: V2Context): Condition | undefined {
  const states = query.list('dag_run_state');
  const startDate = query.range('dag_run_start_date');
  const endDate = query.range('dag_run_end_date');
  if (!states && !startDate && !endDate) return undefined;
  const wanted = { states: states && new Set(states), startDate, endDate };
  return dag => cluster.runs.scan({ dags: [dag], ...wanted }).length > 0;
}

function selected(context: V2Context): DagDefinition[] {
  const { dagBag, overlay } = context.cluster.simulation;
  const excludeStale = context.query.flag('exclude_stale') ?? true;
  const wanted = conditions(context);
  if (overlay.isEmptied) return [];
  return dagBag
    .all()
    .filter(dag => !excludeStale || !dag.stale)
    .filter(dag => wanted.every(isMet => isMet(dag)));
}

type SortValue = string | number | null;

function sortValueOf(
  context: V2Context,
  key: string,
): (dag: DagDefinition) => SortValue {
  switch (key) {
    case 'dag_display_name':
      return dag => dag.displayName;
    case 'next_dagrun':
      return dag => context.cluster.simulation.nextRun(dag)?.runAfter ?? null;
    case 'last_run_state':
    case 'state':
      return dag => lastRun(context, dag)?.state ?? null;
    case 'last_run_start_date':
    case 'start_date':
      return dag => lastRun(context, dag)?.startAt ?? null;
    default:
      return dag => dag.dagId;
  }
}

function listDags(context: V2Context) {
  const { query, cluster } = context;
  const { limit, offset } = query.page();
  const { key, descending } = query.order(SORTS, 'dag_id');
  const valueOf = sortValueOf(context, key);
  const direction = descending ? -1 : 1;
  const found = selected(context)
    .map(dag => ({ dag, value: valueOf(dag) }))
    .sort(
      (a, b) =>
        direction *
        (compareValues(a.value, b.value) ||
          compareValues(a.dag.dagId, b.dag.dagId)),
    );
  return {
    dags: found
      .slice(offset, offset + limit)
      .map(({ dag }) => v2Dag(cluster.simulation, dag)),
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
