import type { DagDefinition, ErrorDefinition } from '../fleet/types';
import { graphOf, PlannedTask } from './graph';
import type { RunTouch, StoredRun } from './overlay';
import type { PlanContext } from './planContext';
import { inRange } from './range';
import type { Disturbance } from './runPlan';

/** How long a task waits before it is tried again. */
export const RETRY_DELAY_MS = 60_000;
/** The same where somebody waits for the run. */
const LIVE_RETRY_DELAY_MS = 500;
/** Not even a run by hand, which is over within seconds, has a shorter one. */
const SHORTEST_TRY_MS = 200;

const SALT = { fail: 14, retry: 15, pick: 16 };

/** A run as it goes while nothing is wrong with it. */
export interface SmoothRun {
  context: PlanContext;
  dag: DagDefinition;
  runAfter: number;
  /** Of a run that somebody asked for. */
  byHand: StoredRun | undefined;
  touch: RunTouch | undefined;
  startAt: number;
  scale: number;
  random: (salt: number) => number;
}

/** What goes wrong in a run: at most one task, of all causes the first. */
export function disturbanceOf(run: SmoothRun): Disturbance | undefined {
  const wait = waitForPeople(run);
  if (wait) return wait;
  if (run.byHand) {
    return run.byHand.conf.fail === true
      ? disturb(run, 'fails', usualTask(run), run.dag.error)
      : undefined;
  }
  return incidentIn(run) ?? outageAt(run) ?? mishapOf(run);
}

/** The task that fails when nobody says which. */
function usualTask({ dag, random }: SmoothRun): PlannedTask {
  const { byId, tasks } = graphOf(dag);
  return (
    byId.get(dag.failingTask ?? '') ??
    tasks[Math.floor(random(SALT.pick) * tasks.length)]
  );
}

function disturb(
  run: SmoothRun,
  kind: Disturbance['kind'],
  planned: PlannedTask,
  error: ErrorDefinition,
): Disturbance {
  const { mapped, retries, seconds } = planned.task;
  const fails = kind === 'fails';
  const tries = fails ? retries + 1 : 2;
  const whole = seconds * run.scale;
  const tryMs = Math.max(SHORTEST_TRY_MS, fails ? whole * 0.5 : whole);
  const retryDelayMs = run.byHand ? LIVE_RETRY_DELAY_MS : RETRY_DELAY_MS;
  const startAt = run.startAt + planned.start * run.scale;
  return {
    kind,
    planned,
    mapIndex: mapped ? Math.floor(run.random(SALT.pick) * mapped) : -1,
    tries,
    tryMs,
    retryDelayMs,
    startAt,
    endAt: startAt + tries * tryMs + (tries - 1) * retryDelayMs,
    error,
  };
}

function waitForPeople(run: SmoothRun): Disturbance | undefined {
  const waiting = graphOf(run.dag).tasks.find(t => t.task.hitl);
  if (!waiting?.task.hitl) return undefined;
  const wait = disturb(run, 'waits', waiting, run.dag.error);
  const answer = run.touch?.answers.get(waiting.task.taskId);
  const isPending = run.byHand || run.runAfter >= waiting.task.hitl.pendingFrom;
  const simulated = isPending
    ? Infinity
    : wait.startAt + 600_000 + run.random(SALT.pick) * 1_800_000;
  return { ...wait, endAt: answer ? answer.at + 500 : simulated };
}

function incidentIn(run: SmoothRun): Disturbance | undefined {
  const { byId } = graphOf(run.dag);
  const incident = run.dag.incidents.find(
    i => inRange(run.runAfter, i) && byId.has(i.taskId),
  );
  const planned = incident && byId.get(incident.taskId);
  return planned && disturb(run, 'fails', planned, incident.error);
}

function outageAt(run: SmoothRun): Disturbance | undefined {
  const outage = run.context.outages.find(
    o => o.effect === 'fail' && inRange(run.startAt, o),
  );
  const [first] = graphOf(run.dag).tasks;
  return outage && disturb(run, 'fails', first, outage.error);
}

function mishapOf(run: SmoothRun): Disturbance | undefined {
  const { dag, random } = run;
  if (random(SALT.fail) < dag.failureRate) {
    return disturb(run, 'fails', usualTask(run), dag.error);
  }
  if (random(SALT.retry) >= dag.retryRate) return undefined;
  const planned = usualTask(run);
  return planned.task.retries > 0
    ? disturb(run, 'retries', planned, dag.error)
    : undefined;
}
