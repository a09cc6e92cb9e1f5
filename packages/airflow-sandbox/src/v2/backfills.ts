import { z } from 'zod';
import { v2Time } from '../api/time';
import type { DagDefinition } from '../fleet/types';
import type { RunFacts } from '../simulation/run';
import { isPeriodic } from '../simulation/schedule';
import type { Backfill } from '../simulation/overlay';
import { ApiError, invalid, notFound } from './errors';
import { awareInstant, readBody } from './body';
import { V2Context, V2Route } from './route';

const backfillFields = {
  dag_id: z.string(),
  from_date: awareInstant,
  to_date: awareInstant,
  run_backwards: z.boolean().default(false),
  dag_run_conf: z.record(z.string(), z.unknown()).nullish(),
  reprocess_behavior: z.enum(['failed', 'completed', 'none']).default('none'),
  max_active_runs: z.int().default(10),
};
const backfillBody = z.strictObject(backfillFields);
const versionedBody = z.strictObject({
  ...backfillFields,
  run_on_latest_version: z.boolean().nullish(),
});

const reprocessed: Record<string, readonly string[]> = {
  none: [],
  failed: ['failed'],
  completed: ['failed', 'success'],
};

/** The run of a date, by the scheduler or by an earlier backfill. */
function runAt(
  { cluster: { simulation } }: V2Context,
  dag: DagDefinition,
  at: number,
): RunFacts | undefined {
  const [ref] = [
    ...simulation.scheduledRefs(dag, at, at + 1),
    ...simulation.storedRefs(dag, at, at + 1),
  ];
  return ref && simulation.facts(ref);
}

/** Before 3.3 only a DAG without any schedule was refused; others just had no dates. */
function requireDates(
  { cluster: { simulation } }: V2Context,
  dag: DagDefinition,
): void {
  if (isPeriodic(dag)) return;
  if (simulation.isAtLeast('3.3')) {
    throw new ApiError(
      422,
      `${dag.dagId} has a non-periodic schedule that does not support backfills`,
    );
  }
  if (dag.schedule.kind === 'none') {
    throw new ApiError(422, `${dag.dagId} has no schedule`);
  }
}

function plan(context: V2Context) {
  const { simulation } = context.cluster;
  const body = readBody(
    simulation.isAtLeast('3.1.6') ? versionedBody : backfillBody,
    context.body,
  );
  const dag = simulation.dagBag.get(body.dag_id);
  if (!dag) throw notFound(`Could not find dag ${body.dag_id}`);
  requireDates(context, dag);
  if (body.from_date > simulation.now()) {
    throw new ApiError(422, 'Backfill cannot be executed for future dates.');
  }
  const again = reprocessed[body.reprocess_behavior];
  const to = Math.min(body.to_date, simulation.now());
  const fires = isPeriodic(dag)
    ? simulation.schedules.fires(dag, body.from_date, to + 1)
    : [];
  const dates = fires.filter(at => {
    const run = runAt(context, dag, at);
    return !run || again.includes(run.state);
  });
  if (body.run_backwards) dates.reverse();
  return { body, dag, dates };
}

/** It is over once all of its runs are. */
function settle(context: V2Context, found: Backfill): void {
  const { simulation } = context.cluster;
  const dag = simulation.dagBag.get(found.dagId);
  if (found.completedAt !== null || !dag) return;
  const runs = found.dates.map(at => runAt(context, dag, at));
  if (runs.every(run => !run || run.endAt !== null)) {
    found.completedAt = simulation.now();
  }
}

function told(context: V2Context, found: Backfill) {
  const { simulation } = context.cluster;
  settle(context, found);
  return {
    id: found.id,
    dag_id: found.dagId,
    from_date: v2Time(found.from),
    to_date: v2Time(found.to),
    dag_run_conf: found.conf,
    is_paused: found.paused,
    reprocess_behavior: found.reprocess,
    max_active_runs: found.maxActiveRuns,
    created_at: v2Time(found.createdAt),
    completed_at: v2Time(found.completedAt),
    updated_at: v2Time(found.completedAt ?? found.createdAt),
    ...(simulation.isAtLeast('3.1')
      ? {
          dag_display_name:
            simulation.dagBag.get(found.dagId)?.displayName ?? found.dagId,
        }
      : {}),
  };
}

function find(context: V2Context): Backfill {
  const { backfills } = context.cluster.simulation.overlay;
  const found = backfills.find(b => b.id === Number(context.params.id));
  if (!found) throw notFound('Backfill not found');
  settle(context, found);
  return found;
}

function create(context: V2Context) {
  const { body, dag, dates } = plan(context);
  const { simulation } = context.cluster;
  const { backfills } = simulation.overlay;
  for (const earlier of backfills) settle(context, earlier);
  const isOpen = backfills.some(
    b => b.dagId === dag.dagId && b.completedAt === null,
  );
  if (isOpen) {
    throw new ApiError(
      409,
      `There is already a running backfill for dag ${dag.dagId}`,
    );
  }
  const now = simulation.now();
  const backfill: Backfill = {
    id: backfills.length + 1,
    dagId: dag.dagId,
    from: body.from_date,
    to: body.to_date,
    conf: body.dag_run_conf ?? {},
    reprocess: body.reprocess_behavior,
    dates,
    maxActiveRuns: body.max_active_runs,
    createdAt: now,
    completedAt: dates.length === 0 ? now : null,
    paused: false,
  };
  backfills.push(backfill);
  for (const at of dates) start(context, dag, at, body.dag_run_conf);
  return told(context, backfill);
}

/** Makes the run of a date, or has the one that there is run again. */
function start(
  context: V2Context,
  dag: DagDefinition,
  at: number,
  conf: Record<string, unknown> | null | undefined,
): void {
  const { actions } = context.cluster;
  const present = runAt(context, dag, at);
  if (present) {
    actions.backfill(present, conf ?? undefined);
    return;
  }
  const stamp = new Date(at).toISOString().replace(/(\.000)?Z$/, '+00:00');
  actions.trigger(dag, {
    runId: `backfill__${stamp}`,
    logicalDate: at,
    runAfter: at,
    conf: conf ?? {},
    note: null,
    user: context.user.name,
    runType: 'backfill',
  });
}

function change(what: 'pause' | 'unpause' | 'cancel') {
  return (context: V2Context) => {
    const found = find(context);
    if (found.completedAt !== null) {
      throw new ApiError(409, 'Backfill is already completed.');
    }
    if (what === 'cancel') cancel(context, found);
    else found.paused = what === 'pause';
    return told(context, found);
  };
}

/** What has not begun counts as failed. */
function cancel(context: V2Context, found: Backfill): void {
  const { simulation, actions } = context.cluster;
  const dag = simulation.dagBag.get(found.dagId);
  found.completedAt = simulation.now();
  found.paused = true;
  for (const at of dag ? found.dates : []) {
    const run = dag && runAt(context, dag, at);
    if (run?.state === 'queued') actions.markRun(run, 'failed');
  }
}

function list(context: V2Context) {
  const dagId = context.query.text('dag_id');
  if (dagId === undefined) {
    throw invalid({
      type: 'missing',
      loc: ['query', 'dag_id'],
      msg: 'Field required',
      input: null,
    });
  }
  const { limit, offset } = context.query.page();
  const all = context.cluster.simulation.overlay.backfills.filter(
    b => b.dagId === dagId,
  );
  return {
    backfills: all.slice(offset, offset + limit).map(b => told(context, b)),
    total_entries: all.length,
  };
}

export const backfillRoutes: V2Route[] = [
  { method: 'get', path: '/backfills', handle: list },
  { method: 'post', path: '/backfills', handle: create },
  {
    method: 'post',
    path: '/backfills/dry_run',
    handle: context => {
      const { dates } = plan(context);
      return {
        backfills: dates.map(at => ({ logical_date: v2Time(at) })),
        total_entries: dates.length,
      };
    },
  },
  { method: 'get', path: '/backfills/:id', handle: c => told(c, find(c)) },
  { method: 'put', path: '/backfills/:id/pause', handle: change('pause') },
  { method: 'put', path: '/backfills/:id/unpause', handle: change('unpause') },
  { method: 'put', path: '/backfills/:id/cancel', handle: change('cancel') },
];
