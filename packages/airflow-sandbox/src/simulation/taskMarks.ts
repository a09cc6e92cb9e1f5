import { taskKey } from './attempts';
import { RunContext } from './run';
import type { TaskFacts, TaskState } from './taskFacts';

const UNFINISHED = new Set<TaskState>([
  'running',
  'queued',
  'scheduled',
  'deferred',
  'awaiting_input',
  'up_for_retry',
  null,
]);

/** What people said that a task instance, or its run, is. */
export function applyMarks(
  run: RunContext,
  facts: TaskFacts,
  lastRedo: number,
  now: number,
): void {
  const { touch } = run;
  if (!touch) return;
  /** A mark from before the task was cleared says nothing any more. */
  const standing = <T extends { at: number }>(mark: T | undefined) =>
    mark && mark.at >= lastRedo && mark.at <= now ? mark : undefined;
  const { taskId } = facts.planned.task;
  const own = standing(
    touch.taskMarks.get(taskKey(taskId, facts.mapIndex)) ??
      touch.taskMarks.get(taskId),
  );
  if (own) setState(facts, own.state, own.at);
  const ofRun = standing(touch.stateMark);
  if (!ofRun || ofRun.state === 'queued') return;
  if (own && own.at >= ofRun.at) return;
  const state = stateByRun(run, facts, ofRun.state, ofRun.at);
  if (state !== undefined) setState(facts, state, ofRun.at);
}

function setState(facts: TaskFacts, state: TaskState, at: number): void {
  facts.state = state;
  facts.startAt = Math.min(facts.startAt ?? at, at);
  facts.endAt = at;
  facts.updatedAt = Math.max(facts.updatedAt, at);
}

/** What the mark of its run makes of a task instance; undefined where it stays as it is. */
function stateByRun(
  run: RunContext,
  { state, startAt, endAt }: TaskFacts,
  mark: 'success' | 'failed',
  at: number,
): TaskState | undefined {
  if (mark === 'success' && !run.marksOnlyOpenTasks) {
    return state === 'success' ? undefined : 'success';
  }
  const hadEnded = !UNFINISHED.has(state) && endAt !== null && endAt <= at;
  if (hadEnded) return undefined;
  const hadBegun = startAt !== null && startAt <= at;
  return hadBegun ? mark : 'skipped';
}
