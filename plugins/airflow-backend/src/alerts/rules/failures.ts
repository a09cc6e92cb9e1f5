import type {
  DagRun,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  ClusterFacts,
  DagFacts,
  Finding,
  Proof,
  Rule,
  StoredAlert,
} from '../types';
import {
  dagOf,
  dagsOf,
  endOf,
  findingOf,
  isAfter,
  knownAt,
  proof,
} from './facts';
import { utc } from './words';

/** Airflow may pause a DAG because it failed; but what failed long ago in a paused one waits for nobody. */
const PAUSED_NEWS_MS = 24 * 60 * 60_000;

/** What a rule makes of a DAG whose newest finished run failed. */
type Judge = (
  dag: DagFacts,
  newest: DagRun,
) => Pick<Finding, 'title' | 'observed' | 'expected' | 'since'> | null;

/** Finds DAGs by the runs that failed since their newest success. */
export function findFailures(
  facts: ClusterFacts,
  rule: Rule,
  judge: Judge,
): Finding[] {
  const readAt = knownAt(facts, 'runs');
  if (readAt === null) return [];
  return dagsOf(facts, rule).flatMap(dag => {
    const [newest] = dag.failedRuns;
    if (!newest || isOldNews(dag, newest, readAt)) return [];
    const judged = judge(dag, newest);
    if (!judged) return [];
    return {
      ...findingOf(rule, {
        kind: 'dag',
        cluster: facts.cluster.name,
        dagId: dag.dagId,
      }),
      ...judged,
      occurrence: toOccurrence(newest),
      factsReadAt: readAt,
      runId: newest.runId,
      owner: dag.owner,
    };
  });
}

function isOldNews(dag: DagFacts, newest: DagRun, readAt: Instant): boolean {
  const ageMs = Date.parse(readAt) - Date.parse(endOf(newest));
  return dag.paused && ageMs > PAUSED_NEWS_MS;
}

/**
 * A success that ended after the failure proves it over when it is of the failed run itself or of a later one; that
 * an older date was filled in proves nothing.
 */
export function proveSuccess(
  alert: StoredAlert,
  facts: ClusterFacts,
): Proof | null {
  const success = dagOf(alert, facts)?.lastSuccess;
  const failed = fromOccurrence(alert.occurrence);
  if (!success || !failed || knownAt(facts, 'runs') === null) return null;
  const isAnswer =
    success.runId === failed.runId
      ? !isAfter(failed.endedAt, endOf(success))
      : isAfter(endOf(success), failed.endedAt) &&
        !isAfter(failed.dueAt, success.dueAt);
  return isAnswer
    ? proof(`Run ${success.runId} succeeded at ${utc(endOf(success))}`, success)
    : null;
}

/** A run that is cleared and fails again is something new, so its end belongs to it. */
function toOccurrence(run: DagRun): string {
  return [endOf(run), run.dueAt, run.runId].join(' ');
}

function fromOccurrence(
  occurrence: string,
): { endedAt: Instant; dueAt: Instant; runId: string } | null {
  const [endedAt, dueAt, ...runId] = occurrence.split(' ');
  return runId.length > 0 ? { endedAt, dueAt, runId: runId.join(' ') } : null;
}
