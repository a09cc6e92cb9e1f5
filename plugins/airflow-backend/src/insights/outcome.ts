import type {
  DagRun,
  DagRunType,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** What decides of a run. */
export type JudgedRun = Pick<
  DagRun,
  'runId' | 'state' | 'type' | 'logicalDate' | 'dueAt' | 'startedAt' | 'endedAt'
>;

/** Runs of these are announced before they come; what people, assets and operators start is not. */
const timedTypes: ReadonlySet<DagRunType> = new Set([
  'scheduled',
  'backfill',
  'unknown',
]);

/** Whether a run is for a moment of its DAG's schedule. */
export function isTimed({ type }: Pick<JudgedRun, 'type'>): boolean {
  return timedTypes.has(type);
}

/**
 * What the runs of a DAG say of it: the one definition of failing and of recovered. `outcomes.ts` of the store says the
 * same in SQL.
 */
export interface Outcome<R extends JudgedRun> {
  /** The failed runs that are newer than the newest success, newest first; the DAG is failing while there are any. */
  streak: R[];
  /** When the first of those ended. */
  failingSince: Instant | null;
  lastSuccess: R | null;
  /** The newest run by which the DAG was failing when it failed; not one that was {@link isOvertaken | overtaken}. */
  lastFailure: R | null;
  /** The first success that is newer than that failure. */
  recoveredBy: R | null;
  /** Failed runs that newer ones had overtaken, newest first: they say nothing of the DAG. */
  overtaken: R[];
}

/** When a finished run ended, as far as Airflow tells. */
export function endOf(
  run: Pick<JudgedRun, 'dueAt' | 'startedAt' | 'endedAt'>,
): Instant {
  return run.endedAt ?? run.startedAt ?? run.dueAt;
}

/**
 * The moment by which a run stands among the runs of its DAG: the one that it is for. A run that ended before that, as
 * one of a date in the future that was marked, is for no later than when it ended, or it would decide until its date.
 */
export function placeOf(run: JudgedRun): Instant {
  // Airflow 3 says "now" for the run after of one that somebody starts, also where a date was given that it is for.
  const isFor = isTimed(run) ? run.dueAt : run.logicalDate ?? run.dueAt;
  const isBefore = Date.parse(endOf(run)) < Date.parse(isFor);
  return isFinished(run) && isBefore ? endOf(run) : isFor;
}

/** Whether one run stands after another; of two for the same moment, the one whose id does. */
export function isNewer(a: JudgedRun, b: JudgedRun): boolean {
  return compare(a, b) > 0;
}

/** Says how a DAG stands by its runs, in any order. */
export function outcomeOf<R extends JudgedRun>(runs: readonly R[]): Outcome<R> {
  const newestFirst = runs.filter(isFinished).sort((a, b) => compare(b, a));
  const successes = newestFirst.filter(({ state }) => state === 'success');
  const failures = newestFirst.filter(({ state }) => state === 'failed');
  const lastSuccess = successes.at(0) ?? null;
  const streak = failures.filter(
    run => lastSuccess === null || isNewer(run, lastSuccess),
  );
  const overtaken = failures.filter(run => isOvertaken(run, successes));
  const lastFailure = failures.find(run => !overtaken.includes(run)) ?? null;
  return {
    streak,
    failingSince: streak.map(endOf).sort().at(0) ?? null,
    lastSuccess,
    lastFailure,
    recoveredBy:
      successes.findLast(run => lastFailure && isNewer(run, lastFailure)) ??
      null,
    overtaken,
  };
}

/** Whether a newer run had succeeded by when this one failed, so that the DAG did not fail with it. */
function isOvertaken(
  failed: JudgedRun,
  successes: readonly JudgedRun[],
): boolean {
  return successes.some(
    run =>
      isNewer(run, failed) &&
      Date.parse(endOf(run)) <= Date.parse(endOf(failed)),
  );
}

function isFinished({ state }: JudgedRun): boolean {
  return state === 'success' || state === 'failed';
}

function compare(a: JudgedRun, b: JudgedRun): number {
  const apart = Date.parse(placeOf(a)) - Date.parse(placeOf(b));
  if (apart !== 0 || a.runId === b.runId) return apart;
  return a.runId < b.runId ? -1 : 1;
}
