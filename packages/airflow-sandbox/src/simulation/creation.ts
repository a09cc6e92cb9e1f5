import { DagDefinition } from '../fleet/types';
import { PlanContext } from './planContext';
import { inRange } from './range';
import { unit } from './random';
import { dagHash } from './schedule';

const QUEUE_SALT = 11;
/** A scheduler that is started looks at all runs within seconds. */
const FIRST_LOOK_MS = 3_000;
/** The scheduler creates a run within this time unless something delays it. */
const PROMPT_MS = 3_100;

/** When the scheduler creates the run that is due at `runAfter`. */
export function queuedAtOf(
  context: PlanContext,
  dag: DagDefinition,
  runAfter: number,
): number {
  const random = unit(context.seed, dagHash(dag), runAfter, QUEUE_SALT);
  let queuedAt = runAfter + 400 + Math.floor(random * 2_600);
  for (const delay of dag.delays) {
    if (inRange(runAfter, delay)) queuedAt += delay.seconds * 1000;
  }
  for (const outage of context.outages) {
    if (outage.effect === 'delay' && inRange(queuedAt, outage)) {
      queuedAt = outage.to + Math.floor(random * 20_000);
    }
  }
  for (const gap of context.schedulerGaps) {
    if (inRange(queuedAt, gap)) queuedAt = gap.to + Math.floor(random * 5_000);
  }
  const { schedulerDeadSince } = context;
  return schedulerDeadSince !== undefined && queuedAt >= schedulerDeadSince
    ? Infinity
    : queuedAt;
}

/** Whether the run due at `runAfter` exists by now, told cheaply for most. */
export function isCreated(
  context: PlanContext,
  dag: DagDefinition,
  runAfter: number,
  now: number,
): boolean {
  const isPrompt =
    dag.delays.length === 0 &&
    context.outages.length === 0 &&
    context.schedulerDeadSince === undefined &&
    context.schedulerGaps.length === 0;
  return (
    (isPrompt && runAfter + PROMPT_MS <= now) ||
    queuedAtOf(context, dag, runAfter) <= now
  );
}

/** An upper bound of how late a run is created that exists by now. */
export function creationLag(
  context: PlanContext,
  dag: DagDefinition,
  now: number,
): number {
  let lag = 10_000;
  for (const d of dag.delays) lag = Math.max(lag, d.seconds * 1000 + 10_000);
  for (const o of context.outages) lag = Math.max(lag, o.to - o.from + 30_000);
  for (const g of context.schedulerGaps) {
    lag = Math.max(lag, g.to - g.from + 30_000);
  }
  const { schedulerDeadSince: dead } = context;
  return dead === undefined ? lag : lag + now - dead;
}

/** When the scheduler sees what is so since a moment; never while it is dead. */
export function whenScheduled(
  { schedulerGaps, schedulerDeadSince }: PlanContext,
  at: number,
): number {
  if (schedulerDeadSince !== undefined && at >= schedulerDeadSince) {
    return Infinity;
  }
  const gap = schedulerGaps.find(span => inRange(at, span));
  return gap ? gap.to + FIRST_LOOK_MS : at;
}
