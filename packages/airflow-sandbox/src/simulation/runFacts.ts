import { graphOf } from './graph';
import { RunTouch } from './overlay';
import { RunFacts, RunIdentity } from './run';
import { attemptsOf } from './attempts';
import { mapIndexesOf, tasksAt } from './taskInstances';
import { RunContext } from './run';

/** A run as it is at one moment: as planned, and as people changed it. */
export function runFacts(
  identity: RunIdentity,
  context: RunContext,
  now: number,
): RunFacts {
  const { stored, logicalDate, runAfter, runType } = identity;
  const { plan, touch } = context;
  const facts: RunFacts = {
    ...identity,
    dataIntervalStart: stored ? stored.dataIntervalStart : logicalDate,
    dataIntervalEnd: stored ? stored.dataIntervalEnd : logicalDate && runAfter,
    state: 'queued',
    queuedAt: plan.queuedAt,
    startAt: null,
    endAt: null,
    updatedAt: plan.queuedAt,
    note: touch?.note ? touch.note.text : stored?.note ?? null,
    conf: touch?.conf ?? stored?.conf ?? {},
    user: stored?.user ?? (runType === 'manual' ? 'admin' : null),
    plan,
    context,
  };
  advance(facts, now);
  if (touch) applyTouch(facts, touch, now);
  return facts;
}

function advance(facts: RunFacts, now: number): void {
  const { plan } = facts;
  if (now >= plan.startAt) {
    facts.state = 'running';
    facts.startAt = plan.startAt;
    facts.updatedAt = plan.startAt;
  }
  if (now >= plan.endAt) {
    facts.state = plan.outcome;
    facts.endAt = plan.endAt;
    facts.updatedAt = plan.endAt;
  }
}

function applyTouch(facts: RunFacts, touch: RunTouch, now: number): void {
  const redo = [...touch.redos].reverse().find(r => r.resetsRun);
  const mark = touch.stateMark;
  const noted = touch.note?.at ?? 0;
  const acted = Math.max(
    redo?.at ?? 0,
    mark?.at ?? 0,
    noted,
    ...[...touch.taskMarks.values()].map(m => m.at),
  );
  if (mark && mark.at >= (redo?.at ?? 0) && mark.state !== 'queued') {
    facts.state = mark.state;
    facts.startAt ??= mark.at;
    facts.endAt = mark.at;
  } else if (redo || mark) {
    const at = Math.max(redo?.at ?? 0, mark?.at ?? 0);
    rerun(facts, at, now);
  }
  facts.updatedAt = Math.max(facts.updatedAt, acted);
}

/** A run that was queued again ends when its last task does. */
function rerun(facts: RunFacts, at: number, now: number): void {
  const endAt = Math.max(at + 2_500, lastEndOf(facts, now) + 400);
  facts.queuedAt = at;
  facts.startAt = null;
  facts.endAt = null;
  facts.state = 'queued';
  facts.updatedAt = at;
  if (now >= at + 1_000) {
    facts.state = 'running';
    facts.startAt = at + 1_000;
    facts.updatedAt = facts.startAt;
  }
  if (now >= endAt) {
    facts.state = outcomeOfLeaves(facts, now);
    facts.endAt = endAt;
    facts.updatedAt = endAt;
  }
}

/** When the last try of the run's tasks ends that ends at all. */
function lastEndOf(facts: RunFacts, now: number): number {
  const ends = graphOf(facts.dag).tasks.flatMap(planned => {
    const { expanded, count } = mapIndexesOf(facts.context, planned, now);
    // Instances of one task end together closely enough.
    return (expanded ? [0, count - 1] : [-1])
      .flatMap(mapIndex => attemptsOf(facts.context, planned, mapIndex))
      .map(attempt => attempt.endAt);
  });
  return Math.max(...ends.filter(end => end !== Infinity));
}

function outcomeOfLeaves(facts: RunFacts, now: number): 'success' | 'failed' {
  const leaves = graphOf(facts.dag).tasks.filter(t => t.isLeaf);
  for (const planned of leaves) {
    for (const task of tasksAt(facts.context, planned, now)) {
      if (task.state === 'failed' || task.state === 'upstream_failed') {
        return 'failed';
      }
    }
  }
  return 'success';
}
