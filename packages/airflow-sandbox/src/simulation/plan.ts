import { DagDefinition, ErrorDefinition } from '../fleet/types';
import { queuedAtOf, whenScheduled } from './creation';
import { graphOf, PlannedTask } from './graph';
import { isByHand, StoredRun, RunTouch } from './overlay';
import { PlanContext } from './planContext';
import { unit } from './random';
import { dagHash } from './schedule';

const LIVE_RUN_MS = 6_000;
const RETRY_DELAY_MS = 60_000;
const LIVE_RETRY_DELAY_MS = 500;

/** A task that ends otherwise than planned, and moves what is downstream. */
export interface Disturbance {
  kind: 'fails' | 'retries' | 'waits';
  planned: PlannedTask;
  mapIndex: number;
  tries: number;
  tryMs: number;
  retryDelayMs: number;
  startAt: number;
  endAt: number;
  error: ErrorDefinition;
}

/** When a run is queued, starts and ends if nobody interferes. */
export interface RunPlan {
  queuedAt: number;
  startAt: number;
  endAt: number;
  outcome: 'success' | 'failed';
  /** Milliseconds of this run for a second of a usual one. */
  scale: number;
  disturbance?: Disturbance;
}

const SALT = { start: 12, speed: 13, fail: 14, retry: 15, pick: 16 };

/** Plans a run; the same arguments always give the same plan. */
export function planRun(
  context: PlanContext,
  dag: DagDefinition,
  runAfter: number,
  stored: StoredRun | undefined,
  touch: RunTouch | undefined,
): RunPlan {
  const graph = graphOf(dag);
  const random = (salt: number) =>
    unit(context.seed, dagHash(dag), runAfter, salt);
  const queuedAt = stored ? stored.at : queuedAtOf(context, dag, runAfter);
  const byHand = stored && isByHand(stored) ? stored : undefined;
  const begunAt = byHand
    ? (byHand.ignoresPause
        ? byHand.at
        : context.activeFrom(dag, Math.max(byHand.at, byHand.runAfter))) + 1_200
    : queuedAt + 300 + Math.floor(random(SALT.start) * 3_000);
  const startAt = whenScheduled(context, begunAt);
  let scale = 1000 * (0.85 + 0.4 * random(SALT.speed));
  if (byHand) {
    scale = Math.min(scale, LIVE_RUN_MS / graph.totalSeconds);
  } else {
    for (const slow of dag.slowdowns) {
      if (runAfter >= slow.from && runAfter < (slow.to ?? Infinity)) {
        scale *= slow.factor;
      }
    }
    if (dag.schedule.kind === 'continuous') {
      scale = (dag.schedule.seconds * 1000 - 6_500) / graph.totalSeconds;
    }
  }
  const plan: RunPlan = {
    queuedAt,
    startAt,
    endAt: startAt + graph.totalSeconds * scale,
    outcome: 'success',
    scale,
  };
  const disturbance = disturbanceOf(
    context,
    dag,
    runAfter,
    byHand,
    touch,
    plan,
    random,
  );
  if (!disturbance) return roundEnd(context, plan);
  plan.disturbance = disturbance;
  if (disturbance.kind === 'fails') plan.outcome = 'failed';
  plan.endAt = startAt;
  for (const planned of graph.tasks) {
    plan.endAt = Math.max(plan.endAt, baseSpan(dag, plan, planned).end);
  }
  return roundEnd(context, plan);
}

/** That its tasks have ended is seen by the scheduler. */
function roundEnd(context: PlanContext, plan: RunPlan): RunPlan {
  plan.endAt = whenScheduled(context, Math.ceil(plan.endAt) + 700);
  return plan;
}

function disturbanceOf(
  context: PlanContext,
  dag: DagDefinition,
  runAfter: number,
  byHand: StoredRun | undefined,
  touch: RunTouch | undefined,
  plan: RunPlan,
  random: (salt: number) => number,
): Disturbance | undefined {
  const graph = graphOf(dag);
  const usual =
    graph.byId.get(dag.failingTask ?? '') ??
    graph.tasks[Math.floor(random(SALT.pick) * graph.tasks.length)];
  const make = (
    kind: Disturbance['kind'],
    planned: PlannedTask,
    error: ErrorDefinition,
  ): Disturbance => {
    const tries = kind === 'fails' ? planned.task.retries + 1 : 2;
    const whole = planned.task.seconds * plan.scale;
    const tryMs = Math.max(200, kind === 'fails' ? whole * 0.5 : whole);
    const retryDelayMs = byHand ? LIVE_RETRY_DELAY_MS : RETRY_DELAY_MS;
    const startAt = plan.startAt + planned.start * plan.scale;
    const mapped = planned.task.mapped;
    return {
      kind,
      planned,
      mapIndex: mapped ? Math.floor(random(SALT.pick) * mapped) : -1,
      tries,
      tryMs,
      retryDelayMs,
      startAt,
      endAt: startAt + tries * tryMs + (tries - 1) * retryDelayMs,
      error,
    };
  };
  const waiting = graph.tasks.find(t => t.task.hitl);
  if (waiting?.task.hitl) {
    const disturbance = make('waits', waiting, dag.error);
    const answer = touch?.answers.get(waiting.task.taskId);
    const pending = byHand || runAfter >= waiting.task.hitl.pendingFrom;
    const answeredAt =
      disturbance.startAt + 600_000 + random(SALT.pick) * 1_800_000;
    if (answer) disturbance.endAt = answer.at + 500;
    else disturbance.endAt = pending ? Infinity : answeredAt;
    return disturbance;
  }
  if (byHand) {
    return byHand.conf.fail === true
      ? make('fails', usual, dag.error)
      : undefined;
  }
  for (const incident of dag.incidents) {
    if (runAfter >= incident.from && runAfter < (incident.to ?? Infinity)) {
      const planned = graph.byId.get(incident.taskId);
      if (planned) return make('fails', planned, incident.error);
    }
  }
  for (const outage of context.outages) {
    const { startAt } = plan;
    if (outage.effect === 'fail' && startAt >= outage.from) {
      if (startAt < outage.to)
        return make('fails', graph.tasks[0], outage.error);
    }
  }
  if (random(SALT.fail) < dag.failureRate) {
    return make('fails', usual, dag.error);
  }
  if (random(SALT.retry) < dag.retryRate && usual.task.retries > 0) {
    return make('retries', usual, dag.error);
  }
  return undefined;
}

/** Trigger rules under which a task runs although one above it failed. */
const RUNS_AFTER_FAILURE = new Set([
  'all_done',
  'one_failed',
  'one_done',
  'always',
  'all_done_setup_success',
]);

/** How a whole task (not yet its mapped instances) lies in a run. */
export interface BaseSpan {
  start: number;
  end: number;
  outcome: 'success' | 'failed' | 'upstream_failed' | 'skipped';
}

/** Where a task lies in a run if nobody interferes. */
export function baseSpan(
  dag: DagDefinition,
  plan: RunPlan,
  planned: PlannedTask,
): BaseSpan {
  const start = plan.startAt + planned.start * plan.scale;
  const end = plan.startAt + planned.end * plan.scale;
  const { disturbance } = plan;
  const rule = planned.task.triggerRule;
  if (!disturbance) {
    return rule === 'one_failed' || rule === 'all_failed'
      ? { start, end: start, outcome: 'skipped' }
      : { start, end, outcome: 'success' };
  }
  if (planned === disturbance.planned) {
    const failed = disturbance.kind === 'fails';
    return {
      start,
      end: disturbance.endAt,
      outcome: failed ? 'failed' : 'success',
    };
  }
  const shift = Math.max(
    0,
    disturbance.endAt - (plan.startAt + disturbance.planned.end * plan.scale),
  );
  const isBelow = graphOf(dag)
    .descendants(disturbance.planned.task.taskId)
    .has(planned.task.taskId);
  if (!isBelow) {
    return rule === 'one_failed'
      ? { start, end: start, outcome: 'skipped' }
      : { start, end, outcome: 'success' };
  }
  const later = start + shift;
  if (disturbance.kind !== 'fails') {
    return rule === 'one_failed'
      ? { start: later, end: later, outcome: 'skipped' }
      : { start: later, end: end + shift, outcome: 'success' };
  }
  if (RUNS_AFTER_FAILURE.has(rule)) {
    const ready = planned.task.upstream.reduce((latest, id) => {
      const above = graphOf(dag).byId.get(id);
      return above ? Math.max(latest, baseSpan(dag, plan, above).end) : latest;
    }, plan.startAt);
    return { start: ready, end: ready + (end - start), outcome: 'success' };
  }
  const known = disturbance.endAt + 900;
  return { start: known, end: known, outcome: 'upstream_failed' };
}

/** An upper bound of how long after `run_after` a run can still change. */
export function maxSpan(context: PlanContext, dag: DagDefinition): number {
  const graph = graphOf(dag);
  let slow = 1;
  for (const slowdown of dag.slowdowns) slow = Math.max(slow, slowdown.factor);
  let delay = 0;
  for (const d of dag.delays) delay = Math.max(delay, d.seconds * 1000);
  for (const o of context.outages) delay = Math.max(delay, o.to - o.from);
  for (const g of context.schedulerGaps) delay = Math.max(delay, g.to - g.from);
  if (graph.tasks.some(t => t.task.hitl)) delay += 3 * 86_400_000;
  let retries = 0;
  for (const t of graph.tasks) retries = Math.max(retries, t.task.retries);
  // Those of a continuous DAG fill the whole of its step, however little they have to do.
  const stepMs =
    dag.schedule.kind === 'continuous' ? dag.schedule.seconds * 1000 : 0;
  const work = Math.max(graph.totalSeconds * 1250 * slow, stepMs);
  return delay + 30_000 + work * (retries + 2) + retries * RETRY_DELAY_MS;
}
