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
  const isMarked = mark && mark.at >= lastRedo && mark.at <= now;
  if (isMarked) set(mark.state, mark.at);
  const ofRun = touch.stateMark;
  if (!ofRun || ofRun.state === 'queued') return;
  if (ofRun.at < lastRedo || ofRun.at > now) return;
  if (isMarked && mark.at >= ofRun.at) return;
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
