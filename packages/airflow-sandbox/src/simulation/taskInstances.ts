import { DagDefinition, ErrorDefinition } from '../fleet/types';
import { graphOf, PlannedTask } from './graph';
import { RunTouch } from './overlay';
import { baseSpan, RunPlan } from './plan';
import { mix, unit } from './random';

/** Task instance states as Airflow writes them; null is "no status". */
export type TaskState =
  | 'success'
  | 'failed'
  | 'running'
  | 'queued'
  | 'scheduled'
  | 'up_for_retry'
  | 'upstream_failed'
  | 'skipped'
  | 'deferred'
  | 'awaiting_input'
  | null;

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

/** A task instance at one moment. */
export interface TaskFacts {
  planned: PlannedTask;
  mapIndex: number;
  state: TaskState;
  tryNumber: number;
  /** Grows with each clear, which grants the task its retries anew. */
  maxTries: number;
  scheduledAt: number | null;
  queuedAt: number | null;
  startAt: number | null;
  endAt: number | null;
  updatedAt: number;
  note: string | null;
  /** Every try that has begun, oldest first. */
  attempts: Attempt[];
}

/** What the task instances of a run depend on. */
export interface RunContext {
  seed: number;
  dag: DagDefinition;
  runAfter: number;
  plan: RunPlan;
  touch: RunTouch | undefined;
  /** Whether tasks can wait for people in a state of their own (3.3+). */
  knowsAwaitingInput: boolean;
  /** Marking a run leaves the tasks that have ended as they are, on success too. */
  marksOnlyOpenTasks: boolean;
}

const LIVE_REDO_MS = 6_000;

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

/** Whether the mapped instances of a task exist yet. */
function isExpanded(
  run: RunContext,
  planned: PlannedTask,
  now: number,
): boolean {
  if (!planned.task.mapped) return false;
  if (run.touch?.redos.some(r => r.keys.has(planned.task.taskId))) return true;
  const span = baseSpan(run.dag, run.plan, planned);
  return (
    now >= span.start &&
    span.outcome !== 'upstream_failed' &&
    span.outcome !== 'skipped'
  );
}

/** The map indexes of a task in a run: [-1] if it has none (yet). */
export function mapIndexesOf(
  run: RunContext,
  planned: PlannedTask,
  now: number,
): { expanded: boolean; count: number } {
  return isExpanded(run, planned, now)
    ? { expanded: true, count: planned.task.mapped ?? 0 }
    : { expanded: false, count: 1 };
}

function stateWhile(
  run: RunContext,
  planned: PlannedTask,
  attempt: Attempt,
  now: number,
): TaskState {
  if (planned.task.hitl) {
    return run.knowsAwaitingInput ? 'awaiting_input' : 'deferred';
  }
  const share = (now - attempt.startAt) / (attempt.endAt - attempt.startAt);
  return planned.task.deferrable && share > 0.1 && share < 0.9
    ? 'deferred'
    : 'running';
}

/** A task instance as it is at `now`. */
export function taskFacts(
  run: RunContext,
  planned: PlannedTask,
  mapIndex: number,
  now: number,
): TaskFacts {
  const key = taskKey(planned.task.taskId, mapIndex);
  const all = attemptsOf(run, planned, mapIndex);
  const begun = all.filter(a => a.startAt <= now && a.tryNumber > 0);
  const current = all.find(a => a.endAt > now) ?? all[all.length - 1];
  const lastRedo = lastRedoAt(run, planned.task.taskId, mapIndex);
  const note = run.touch?.taskNotes.get(key);
  const facts: TaskFacts = {
    planned,
    mapIndex,
    state: null,
    tryNumber: Math.max(0, ...begun.map(a => a.tryNumber)),
    maxTries: planned.task.retries + triesBefore(all, lastRedo),
    scheduledAt: null,
    queuedAt: null,
    startAt: null,
    endAt: null,
    updatedAt: Math.max(run.plan.queuedAt, lastRedo),
    note: note?.text ?? null,
    attempts: begun,
  };
  const seen = (at: number) => {
    facts.updatedAt = Math.max(facts.updatedAt, at);
    return at;
  };
  if (note) seen(note.at);
  if (now >= current.scheduledAt) {
    facts.state = 'scheduled';
    facts.scheduledAt = seen(current.scheduledAt);
  }
  if (now >= current.queuedAt && current.tryNumber > 0) {
    facts.state = 'queued';
    facts.queuedAt = seen(current.queuedAt);
  }
  if (now >= current.startAt) {
    facts.startAt = seen(current.startAt);
    facts.state = stateWhile(run, planned, current, now);
  }
  if (now >= current.endAt) {
    facts.state = current.outcome;
    facts.endAt = seen(current.endAt);
  }
  const previous = all[all.indexOf(current) - 1];
  if (
    previous &&
    previous.outcome === 'failed' &&
    now < current.scheduledAt &&
    lastRedo <= previous.endAt
  ) {
    facts.state = 'up_for_retry';
    facts.startAt = previous.startAt;
    facts.endAt = seen(previous.endAt);
  }
  applyMarks(run, facts, lastRedo, now);
  return facts;
}

function triesBefore(attempts: Attempt[], redoAt: number): number {
  const before = attempts.filter(a => a.tryNumber > 0 && a.endAt <= redoAt);
  return redoAt === 0 ? 0 : before.length;
}

function lastRedoAt(run: RunContext, taskId: string, mapIndex: number): number {
  let at = 0;
  for (const redo of run.touch?.redos ?? []) {
    if (redo.keys.has(taskId) || redo.keys.has(taskKey(taskId, mapIndex))) {
      at = Math.max(at, redo.at);
    }
  }
  return at;
}

const UNFINISHED = new Set<TaskState>([
  'running',
  'queued',
  'scheduled',
  'deferred',
  'awaiting_input',
  'up_for_retry',
  null,
]);

function applyMarks(
  run: RunContext,
  facts: TaskFacts,
  lastRedo: number,
  now: number,
): void {
  const { touch } = run;
  if (!touch) return;
  const set = (state: TaskState, at: number) => {
    facts.state = state;
    facts.startAt = Math.min(facts.startAt ?? at, at);
    facts.endAt = at;
    facts.updatedAt = Math.max(facts.updatedAt, at);
  };
  const { taskId } = facts.planned.task;
  const mark =
    touch.taskMarks.get(taskKey(taskId, facts.mapIndex)) ??
    touch.taskMarks.get(taskId);
  if (mark && mark.at >= lastRedo && mark.at <= now) set(mark.state, mark.at);
  const ofRun = touch.stateMark;
  if (!ofRun || ofRun.state === 'queued') return;
  if (ofRun.at < lastRedo || ofRun.at > now) return;
  if (ofRun.state === 'success' && !run.marksOnlyOpenTasks) {
    if (facts.state !== 'success') set('success', ofRun.at);
    return;
  }
  const open = UNFINISHED.has(facts.state);
  const later = facts.endAt === null || facts.endAt > ofRun.at;
  if (open || later) {
    const ran = facts.startAt !== null && facts.startAt <= ofRun.at;
    set(ran ? ofRun.state : 'skipped', ofRun.at);
  }
}

/** The instances of one task of a run, mapped ones one by one. */
export function* tasksAt(
  run: RunContext,
  planned: PlannedTask,
  now: number,
): IterableIterator<TaskFacts> {
  const { expanded, count } = mapIndexesOf(run, planned, now);
  for (let i = 0; i < count; i++) {
    yield taskFacts(run, planned, expanded ? i : -1, now);
  }
}

/** A number for pids, hosts and other incidental fields of an attempt. */
export function incidental(
  run: RunContext,
  facts: TaskFacts,
  salt: number,
): number {
  return mix(
    run.seed,
    facts.planned.hash,
    run.runAfter,
    facts.mapIndex + 2,
    facts.tryNumber,
    salt,
  );
}
