import type {
  DagRun,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { endOf, isNewer, placeOf, type JudgedRun } from '../insights/outcome';
import type { ClusterFacts, DagFacts } from '../model/clusterFacts';
import type { StoredAlert } from '../model/storedAlerts';
import {
  dagsWithRunsOf,
  dagWithRunsOf,
  findingOfDag,
  knownAt,
  proof,
  readOf,
  sinceIn,
} from './facts';
import type { Condition, Proof } from './finding';
import type { BaseRule } from './ruleType';
import { utc } from './words';

/**
 * Airflow may pause a DAG because it failed, and what was under way when its file went may fail; but what failed long
 * ago in one that is paused or gone waits for nobody.
 */
const IDLE_NEWS_MS = 24 * 60 * 60_000;

/** What a rule makes of a DAG whose newest finished run failed. */
type Judge = (
  dag: DagFacts,
  newest: DagRun,
) => Pick<Condition, 'title' | 'observed' | 'since'> | null;

/** Finds DAGs by the runs that failed since their newest success. */
export function findFailures(
  facts: ClusterFacts,
  rule: BaseRule,
  judge: Judge,
): Omit<Condition, 'expected'>[] {
  const read = readOf(facts, 'runs');
  if (read === null) return [];
  return dagsWithRunsOf(facts, rule).flatMap(dag => {
    const [newest] = dag.failedRuns;
    if (!newest || isOldNews(dag, newest, read.until)) return [];
    const judged = judge(dag, newest);
    if (!judged) return [];
    return {
      ...findingOfDag(facts, rule, dag),
      ...judged,
      since: sinceIn(facts, judged.since),
      occurrence: toOccurrence(newest),
      factsReadAt: read.at,
      runId: newest.runId,
    };
  });
}

function isOldNews(dag: DagFacts, newest: DagRun, readUntil: Instant): boolean {
  const ageMs = Date.parse(readUntil) - Date.parse(endOf(newest));
  return (dag.paused || dag.isVanished) && ageMs > IDLE_NEWS_MS;
}

/**
 * A success of the failed run itself, cleared or marked, proves it over, or one of a newer run. So does that the run is
 * deleted, when the DAG is not failing without it. That it is cleared and goes on proves nothing.
 */
export function proveSuccess(
  alert: StoredAlert,
  facts: ClusterFacts,
): Proof | null {
  const dag = dagWithRunsOf(alert, facts);
  const failed = fromOccurrence(alert.occurrence);
  if (!dag || !failed || knownAt(facts, 'runs') === null) return null;
  const { lastSuccess, namedRuns, failuresInARow } = dag;
  const now = namedRuns.get(failed.runId);
  if (now?.state === 'success') return succeeded(now);
  const isAnswer =
    lastSuccess !== null &&
    (lastSuccess.runId === failed.runId || isNewer(lastSuccess, now ?? failed));
  if (isAnswer) return succeeded(lastSuccess);
  return now === null && failuresInARow === 0 ? deleted(failed.runId) : null;
}

export function succeeded(run: DagRun): Proof {
  return proof(`Run ${run.runId} succeeded at ${utc(endOf(run))}`, run);
}

export function deleted(runId: string): Proof {
  return proof(`Run ${runId} is no longer there`);
}

/** A run that is cleared and fails again is something new, so its end belongs to it. */
export function toOccurrence(run: DagRun): string {
  return [endOf(run), placeOf(run), run.runId].join(' ');
}

/** The run that failed, as it was then. */
export function fromOccurrence(occurrence: string): JudgedRun | null {
  const [endedAt, place, ...runId] = occurrence.split(' ');
  return runId.length > 0
    ? {
        runId: runId.join(' '),
        state: 'failed',
        type: 'unknown',
        logicalDate: null,
        dueAt: place,
        startedAt: null,
        endedAt,
      }
    : null;
}
