import type {
  DagRun,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  ClusterFacts,
  DagFacts,
  DuePromise,
  Rule,
  RuleType,
} from '../types';
import {
  dagOf,
  dagsOf,
  findingOf,
  isAfter,
  knownAt,
  later,
  pausedProof,
  proof,
} from './facts';
import { span, utc } from './words';

type RunMissed = Extract<Rule, { type: 'run-missed' }>;

/**
 * A DAG of which a run did not come that Airflow itself had announced. Both moments are UTC, so a change of clocks
 * moves nothing; and since the promise is stored, it is missed too when the scheduler that would announce is dead.
 */
export const runMissed: RuleType<RunMissed> = {
  expected: ({ graceMs }) =>
    `A run comes within ${span(graceMs)} of when Airflow announced it`,

  find(facts, rule) {
    const readAt = knownAt(facts, 'runs');
    if (readAt === null) return [];
    return dagsOf(facts, rule).flatMap(dag => {
      const missed = missedOf(dag, { facts, readAt, graceMs: rule.graceMs });
      const [first] = missed;
      const last = missed.at(-1);
      if (!first || !last) return [];
      return {
        ...findingOf(rule, {
          kind: 'dag',
          cluster: facts.cluster.name,
          dagId: dag.dagId,
        }),
        occurrence: last.runAfter,
        title: `${dag.displayName} did not run`,
        observed: observed(missed.length, first, last),
        expected: runMissed.expected(rule),
        since: first.runAfter,
        factsReadAt: readAt,
        runId: null,
        owner: dag.owner,
      };
    });
  },

  proof(alert, facts) {
    const dag = dagOf(alert, facts);
    if (!dag) return null;
    const promised = alert.occurrence;
    const run = dag.lastRun;
    if (!run || isAfter(promised, run.dueAt)) {
      return pausedProof(facts, dag);
    }
    return knownAt(facts, 'runs') === null
      ? null
      : proof(`Run ${run.runId} came ${lateness(run, promised)}`, run);
  },
};

/** Promises whose grace was over when runs were last read, oldest first. */
function missedOf(
  dag: DagFacts,
  judged: { facts: ClusterFacts; readAt: Instant; graceMs: number },
): DuePromise[] {
  const { firstSeenAt } = dag;
  if (dag.paused || firstSeenAt === null) return [];
  return dag.unkeptPromises.filter(({ runAfter }) => {
    const deadline = later(runAfter, judged.graceMs);
    return (
      !isAfter(firstSeenAt, runAfter) &&
      isAfter(judged.facts.now.toISOString(), deadline) &&
      !isAfter(deadline, judged.readAt)
    );
  });
}

function observed(count: number, first: DuePromise, last: DuePromise): string {
  return count === 1
    ? `The run announced for ${utc(first.runAfter)} has not come`
    : `${count} announced runs have not come, from ${utc(
        first.runAfter,
      )} to ${utc(last.runAfter)}`;
}

function lateness(run: DagRun, promised: Instant): string {
  const came = run.queuedAt ?? run.startedAt ?? run.dueAt;
  const lateMs = Date.parse(came) - Date.parse(promised);
  return `${span(Math.max(0, lateMs))} after the time announced`;
}
