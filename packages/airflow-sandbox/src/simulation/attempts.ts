import { ErrorDefinition } from '../fleet/types';
import { graphOf, PlannedTask } from './graph';
import { unit } from './random';
import { RunContext } from './run';
import { baseSpan } from './taskSpans';

const LIVE_REDO_MS = 6_000;

/** One try of a task instance. */
export interface Attempt {
  tryNumber: number;
  scheduledAt: number;
  queuedAt: number;
  startAt: number;
  endAt: number;
  outcome: 'success' | 'failed' | 'upstream_failed' | 'skipped';
  error?: ErrorDefinition;
}

/** How people's actions name a task, or one instance of a mapped one. */
export function taskKey(taskId: string, mapIndex: number): string {
  return mapIndex < 0 ? taskId : `${taskId}|${mapIndex}`;
}

function baseAttempts(
  run: RunContext,
  planned: PlannedTask,
  mapIndex: number,
): Attempt[] {
  const span = baseSpan(run.dag, run.plan, planned);
  const ran = span.outcome === 'success' || span.outcome === 'failed';
  const jitter = unit(run.seed, planned.hash, run.runAfter, mapIndex + 2);
  const attempt = (
    tryNumber: number,
    startAt: number,
    endAt: number,
    outcome: Attempt['outcome'],
  ): Attempt => ({
    tryNumber,
    scheduledAt: startAt - Math.min(900, 200 + jitter * 700),
    queuedAt: startAt - Math.min(600, 100 + jitter * 500),
    startAt: Math.floor(startAt),
    endAt: Math.floor(endAt),
    outcome,
  });
  const { disturbance } = run.plan;
  const disturbed =
    disturbance?.planned === planned &&
    (disturbance.mapIndex === mapIndex || disturbance.mapIndex < 0);
  if (!ran) return [attempt(0, span.start, span.end, span.outcome)];
  if (disturbed && disturbance.kind !== 'waits') {
    return Array.from({ length: disturbance.tries }, (_, i) => {
      const start =
        disturbance.startAt +
        i * (disturbance.tryMs + disturbance.retryDelayMs);
      const last = i === disturbance.tries - 1;
      const failed = disturbance.kind === 'fails' || !last;
      return {
        ...attempt(
          i + 1,
          start,
          start + disturbance.tryMs,
          failed ? 'failed' : 'success',
        ),
        error: failed ? disturbance.error : undefined,
      };
    });
  }
  const { mapped } = planned.task;
  if (!mapped) {
    const shown = disturbed || span.outcome === 'success';
    return [attempt(1, span.start, span.end, shown ? 'success' : span.outcome)];
  }
  const length = planned.task.seconds * run.plan.scale;
  const begin = span.start + (Math.max(0, mapIndex) / mapped) * 0.6 * length;
  return [
    attempt(1, begin, begin + length * 0.4 * (0.5 + 0.5 * jitter), 'success'),
  ];
}

/** Every try of a task instance, those that people caused included. */
export function attemptsOf(
  run: RunContext,
  planned: PlannedTask,
  mapIndex: number,
): Attempt[] {
  const attempts = baseAttempts(run, planned, mapIndex);
  const { taskId } = planned.task;
  for (const redo of run.touch?.redos ?? []) {
    if (!redo.keys.has(taskId) && !redo.keys.has(taskKey(taskId, mapIndex))) {
      continue;
    }
    while (attempts.length > 0) {
      const last = attempts[attempts.length - 1];
      if (last.startAt < redo.at && last.tryNumber > 0) {
        if (last.endAt > redo.at) {
          last.endAt = redo.at;
          last.outcome = 'failed';
        }
        break;
      }
      attempts.pop();
    }
    const span = redoSpan(run, redo.at, redo.keys, planned);
    const startAt = redo.resetsRun ? span.start : Infinity;
    attempts.push({
      tryNumber: (attempts[attempts.length - 1]?.tryNumber ?? 0) + 1,
      scheduledAt: startAt - 600,
      queuedAt: startAt - 300,
      startAt,
      endAt: redo.resetsRun ? span.end : Infinity,
      outcome: 'success',
    });
  }
  return attempts;
}

function redoSpan(
  run: RunContext,
  at: number,
  keys: Set<string>,
  planned: PlannedTask,
): { start: number; end: number } {
  const graph = graphOf(run.dag);
  let first = Infinity;
  let last = 0;
  for (const key of keys) {
    const cleared = graph.byId.get(key.split('|')[0]);
    if (cleared) {
      first = Math.min(first, cleared.start);
      last = Math.max(last, cleared.end);
    }
  }
  const factor = Math.min(1000, LIVE_REDO_MS / Math.max(1, last - first));
  const start = at + 1_800 + Math.floor((planned.start - first) * factor);
  return {
    start,
    end: start + Math.max(200, Math.floor(planned.task.seconds * factor)),
  };
}

/** When a task instance was last cleared; 0 for never. */
export function lastRedoAt(
  run: RunContext,
  taskId: string,
  mapIndex: number,
): number {
  let at = 0;
  for (const redo of run.touch?.redos ?? []) {
    if (redo.keys.has(taskId) || redo.keys.has(taskKey(taskId, mapIndex))) {
      at = Math.max(at, redo.at);
    }
  }
  return at;
}
