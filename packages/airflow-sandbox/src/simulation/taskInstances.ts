import { Attempt, attemptsOf, lastRedoAt, taskKey } from './attempts';
import { PlannedTask } from './graph';
import { mix } from './random';
import { RunContext } from './run';
import { TaskFacts, TaskState } from './taskFacts';
import { applyMarks } from './taskMarks';
import { baseSpan } from './taskSpans';

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
