import { DagDefinition } from '../fleet/types';
import { queuedAtOf, whenScheduled } from './creation';
import { DAY } from './cron';
import { disturbanceOf, RETRY_DELAY_MS } from './disturbance';
import { graphOf } from './graph';
import { isByHand, StoredRun, RunTouch } from './overlay';
import { PlanContext } from './planContext';
import { inRange } from './range';
import { unit } from './random';
import type { RunPlan } from './runPlan';
import { dagHash } from './schedule';
import { baseSpan } from './taskSpans';

const LIVE_RUN_MS = 6_000;

/** Which run is planned, and what people did to it. */
interface PlannedRun {
  dag: DagDefinition;
  runAfter: number;
  stored: StoredRun | undefined;
  touch: RunTouch | undefined;
}

const SALT = { start: 12, speed: 13 };

/** Plans a run; the same arguments always give the same plan. */
export function planRun(context: PlanContext, run: PlannedRun): RunPlan {
  const { dag, runAfter, stored, touch } = run;
  const graph = graphOf(dag);
  const random = (salt: number) =>
    unit(context.seed, dagHash(dag), runAfter, salt);
  const byHand = stored && isByHand(stored) ? stored : undefined;
  const queuedAt = stored ? stored.at : queuedAtOf(context, dag, runAfter);
  const begunAt = byHand
    ? begunByHand(context, dag, byHand)
    : queuedAt + 300 + Math.floor(random(SALT.start) * 3_000);
  const startAt = whenScheduled(context, begunAt);
  const scale = byHand
    ? Math.min(usualScale(random), LIVE_RUN_MS / graph.totalSeconds)
    : scheduledScale(dag, runAfter, usualScale(random));
  const plan: RunPlan = {
    queuedAt,
    startAt,
    endAt: startAt + graph.totalSeconds * scale,
    outcome: 'success',
    scale,
    disturbance: disturbanceOf({
      context,
      dag,
      runAfter,
      byHand,
      touch,
      startAt,
      scale,
      random,
    }),
  };
  if (plan.disturbance) {
    if (plan.disturbance.kind === 'fails') plan.outcome = 'failed';
    const ends = graph.tasks.map(task => baseSpan(dag, plan, task).end);
    plan.endAt = Math.max(startAt, ...ends);
  }
  // That its tasks have ended is seen by the scheduler.
  plan.endAt = whenScheduled(context, Math.ceil(plan.endAt) + 700);
  return plan;
}

/** When a run that somebody asked for starts: the pause of its DAG holds it back. */
function begunByHand(
  context: PlanContext,
  dag: DagDefinition,
  { at, runAfter, ignoresPause }: StoredRun,
): number {
  const free = ignoresPause
    ? at
    : context.activeFrom(dag, Math.max(at, runAfter));
  return free + 1_200;
}

function usualScale(random: (salt: number) => number): number {
  return 1000 * (0.85 + 0.4 * random(SALT.speed));
}

/** Runs of a continuous DAG fill the whole of its step. */
function scheduledScale(
  dag: DagDefinition,
  runAfter: number,
  usual: number,
): number {
  const { schedule, slowdowns } = dag;
  return schedule.kind === 'continuous'
    ? (schedule.seconds * 1000 - 6_500) / graphOf(dag).totalSeconds
    : slowdowns
        .filter(slowdown => inRange(runAfter, slowdown))
        .reduce((scale, { factor }) => scale * factor, usual);
}

/** An upper bound of how long after `run_after` a run can still change. */
export function maxSpan(context: PlanContext, dag: DagDefinition): number {
  const { tasks, totalSeconds } = graphOf(dag);
  const largest = (values: number[], least = 0) => Math.max(least, ...values);
  const slow = largest(
    dag.slowdowns.map(({ factor }) => factor),
    1,
  );
  const spans = [...context.outages, ...context.schedulerGaps];
  const delay = largest([
    ...dag.delays.map(({ seconds }) => seconds * 1000),
    ...spans.map(({ from, to }) => to - from),
  ]);
  const forPeople = tasks.some(t => t.task.hitl) ? 3 * DAY : 0;
  const retries = largest(tasks.map(t => t.task.retries));
  // Those of a continuous DAG fill the whole of its step, however little they have to do.
  const stepMs =
    dag.schedule.kind === 'continuous' ? dag.schedule.seconds * 1000 : 0;
  const work = Math.max(totalSeconds * 1250 * slow, stepMs);
  return (
    delay + forPeople + 30_000 + work * (retries + 2) + retries * RETRY_DELAY_MS
  );
}
