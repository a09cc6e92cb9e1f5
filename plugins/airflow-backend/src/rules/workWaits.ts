import type { Instant } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { ClusterFacts, DagFacts } from '../model/clusterFacts';
import { isAfter, later, readOf } from './facts';
import { awaited, freeSince, isHeldBack } from './missedRuns';

/** A scheduler that lives does it within seconds. */
const WAITS_MS = 60_000;

/** Whether anything waits that only a scheduler does: a run to be made of a DAG that is well, or one to be started. */
export function workWaits(facts: ClusterFacts): boolean {
  const read = readOf(facts, 'runs');
  if (read === null) return false;
  const since = later(read.at, -WAITS_MS);
  const sinceThere = later(read.until, -WAITS_MS);
  return [...facts.dags.values()].some(
    dag =>
      !dag.paused &&
      !dag.isVanished &&
      (isStartOwed(dag, sinceThere) || isRunOwed(facts, dag, since)),
  );
}

function isStartOwed(dag: DagFacts, since: Instant): boolean {
  const running = dag.unfinishedRuns.filter(({ state }) => state === 'running');
  if (running.length >= (dag.maxActiveRuns ?? Infinity)) return false;
  return dag.unfinishedRuns.some(
    ({ state, waitsSince, runAfter }) =>
      state === 'queued' &&
      waitsSince !== null &&
      isAfter(since, waitsSince) &&
      isAfter(since, runAfter),
  );
}

function isRunOwed(
  facts: ClusterFacts,
  dag: DagFacts,
  since: Instant,
): boolean {
  if (dag.hasImportErrors || facts.absent.has(dag.dagId) || isHeldBack(dag)) {
    return false;
  }
  return awaited(dag).some(promise =>
    isAfter(since, freeSince(facts, dag, promise)),
  );
}
