import {
  toPortalTime,
  type DagRun,
  type Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { intervalMs, scheduleMoments } from '../insights/scheduleMoments';
import type { ClusterFacts, DagFacts, DuePromise } from '../model/clusterFacts';
import { isAfter, later } from './facts';

/** What is awaited of a DAG and has not come, oldest first: no run for it, and none for anything later. */
export function awaited(dag: DagFacts): DuePromise[] {
  const { lastRun } = dag;
  if (dag.paused) return [];
  return onePerBeat(
    dag,
    dag.unkeptPromises.filter(
      ({ dueAt }) => lastRun === null || isAfter(dueAt, lastRun.dueAt),
    ),
  );
}

/** Whether so many runs are under way that Airflow makes no other. */
export function isHeldBack({ maxActiveRuns, activeRuns }: DagFacts): boolean {
  return maxActiveRuns !== null && activeRuns >= maxActiveRuns;
}

/** What of a cluster tells how its clock goes, and went. */
type Clocks = Pick<ClusterFacts, 'clock' | 'clockSet'>;

/**
 * From when on nothing kept an announced run from coming, by the portal's clock: its time, or when it was first
 * announced, as of a DAG that was just unpaused, or when the DAG was listed again, or when the runs that held it back
 * had ended.
 */
export function freeSince(
  clocks: Clocks,
  { listedSince }: DagFacts,
  { runAfter, announcedAt, freedAt }: DuePromise,
): Instant {
  const free = latest(runAfter, announcedAt, freedAt ?? runAfter);
  const since = whenShown(clocks, free);
  return listedSince ? latest(since, listedSince) : since;
}

/**
 * When a cluster's clock showed a moment, by the portal's. What it leapt over when it was set ahead it showed then, and
 * what was before that it showed as it went before.
 */
function whenShown({ clock, clockSet }: Clocks, moment: Instant): Instant {
  const since = toPortalTime(moment, clock);
  const isSetAhead =
    clockSet !== null && (clock?.offsetMs ?? 0) > clockSet.offsetBeforeMs;
  if (!isSetAhead) return since;
  const before = later(moment, -clockSet.offsetBeforeMs);
  return isAfter(before, clockSet.at) ? latest(since, clockSet.at) : before;
}

function latest(...moments: readonly [Instant, ...Instant[]]): Instant {
  return moments.reduce((last, moment) =>
    isAfter(moment, last) ? moment : last,
  );
}

function wasHeldBack(
  { maxActiveRuns }: DagFacts,
  { underWay }: DuePromise,
): boolean {
  return maxActiveRuns !== null && underWay >= maxActiveRuns;
}

/** Moments of which no run came and none will, oldest first. */
export interface LostRuns {
  moments: Instant[];
  /** Whether these are all. */
  isComplete: boolean;
}

/**
 * What a DAG lost between a run that was missed and the next that Airflow now means to make. An Airflow that was down
 * announces nothing, so what the schedule names in between counts, as far as that can be worked out.
 *
 * @param came - the runs that came since, oldest first
 */
export function lostSince(
  dag: DagFacts,
  since: Instant,
  came: readonly DagRun[],
): LostRuns {
  const until = untilWhenLost(dag, came);
  const isWithin = (moment: Instant) =>
    !isAfter(since, moment) && isAfter(until, moment);
  const announced = onePerBeat(
    dag,
    dag.unkeptPromises.filter(promise => !wasHeldBack(dag, promise)),
  ).map(({ runAfter }) => runAfter);
  const known = [since, ...came.map(({ dueAt }) => dueAt)];
  const moments = scheduleMoments(dag.schedule, known, {
    from: since,
    to: until,
  });
  return {
    moments: (moments ?? announced.filter(isWithin)).filter(
      moment => !came.some(run => isFor(dag, run, moment)),
    ),
    isComplete: moments !== null,
  };
}

/**
 * What is due after that may still come, or was held back by the run that came. While `max_active_runs` is reached,
 * Airflow 2 announces nothing, so whether it catches up is not known: what was due after the newest run may come too.
 */
function untilWhenLost(dag: DagFacts, came: readonly DagRun[]): Instant {
  const newest = came[came.length - 1];
  if (dag.nextRunAt === null) return newest.dueAt;
  const cameAt = cameOf(newest);
  return isAfter(cameAt, dag.nextRunAt) ? dag.nextRunAt : cameAt;
}

/** When a run was made, as far as Airflow tells. */
export function cameOf(run: DagRun): Instant {
  return run.queuedAt ?? run.startedAt ?? run.dueAt;
}

/**
 * Airflow 3 announces the run of a `timedelta` without catch-up for the moment at which it looks, again and again, and
 * so it comes: whatever lies within one step is the same run.
 */
function onePerBeat(
  { schedule }: DagFacts,
  promises: readonly DuePromise[],
): DuePromise[] {
  const stepMs = intervalMs(schedule) ?? 0;
  const beats: DuePromise[] = [];
  for (const promise of promises) {
    const before = beats.at(-1);
    if (!before || !isAfter(later(before.runAfter, stepMs), promise.runAfter)) {
      beats.push(promise);
    }
  }
  return beats;
}

function isFor({ schedule }: DagFacts, run: DagRun, moment: Instant): boolean {
  const stepMs = intervalMs(schedule) ?? 1;
  return (
    !isAfter(moment, run.dueAt) && isAfter(later(moment, stepMs), run.dueAt)
  );
}
