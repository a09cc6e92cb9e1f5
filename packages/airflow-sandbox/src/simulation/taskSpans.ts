import { DagDefinition } from '../fleet/types';
import { graphOf, PlannedTask } from './graph';
import type { Disturbance, RunPlan } from './runPlan';

/** Trigger rules under which a task runs although one above it failed. */
const RUNS_AFTER_FAILURE = new Set([
  'all_done',
  'one_failed',
  'one_done',
  'always',
  'all_done_setup_success',
]);

/** How a whole task (not yet its mapped instances) lies in a run. */
interface BaseSpan {
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
  const { disturbance, startAt, scale } = plan;
  const start = startAt + planned.start * scale;
  const end = startAt + planned.end * scale;
  const rule = planned.task.triggerRule;
  const waitsForFailure = rule === 'one_failed';
  if (!disturbance) {
    return unlessSkipped(start, end, waitsForFailure || rule === 'all_failed');
  }
  const fails = disturbance.kind === 'fails';
  if (planned === disturbance.planned) {
    const outcome = fails ? 'failed' : 'success';
    return { start, end: disturbance.endAt, outcome };
  }
  if (!isBelow(dag, planned, disturbance)) {
    return unlessSkipped(start, end, waitsForFailure);
  }
  if (fails) return belowFailure(dag, plan, planned, disturbance);
  const usualEnd = startAt + disturbance.planned.end * scale;
  const shift = Math.max(0, disturbance.endAt - usualEnd);
  return unlessSkipped(start + shift, end + shift, waitsForFailure);
}

function unlessSkipped(start: number, end: number, skipped: boolean): BaseSpan {
  return skipped
    ? { start, end: start, outcome: 'skipped' }
    : { start, end, outcome: 'success' };
}

function isBelow(
  dag: DagDefinition,
  planned: PlannedTask,
  { planned: disturbed }: Disturbance,
): boolean {
  const below = graphOf(dag).descendants(disturbed.task.taskId);
  return below.has(planned.task.taskId);
}

/** A task below one that failed runs after all that is above it, or not at all. */
function belowFailure(
  dag: DagDefinition,
  plan: RunPlan,
  planned: PlannedTask,
  { endAt }: Disturbance,
): BaseSpan {
  if (!RUNS_AFTER_FAILURE.has(planned.task.triggerRule)) {
    const known = endAt + 900;
    return { start: known, end: known, outcome: 'upstream_failed' };
  }
  const ready = planned.task.upstream.reduce((latest, id) => {
    const above = graphOf(dag).byId.get(id);
    return above ? Math.max(latest, baseSpan(dag, plan, above).end) : latest;
  }, plan.startAt);
  const start = plan.startAt + planned.start * plan.scale;
  const end = plan.startAt + planned.end * plan.scale;
  return { start: ready, end: ready + (end - start), outcome: 'success' };
}
