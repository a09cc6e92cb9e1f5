import type { Instant } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { DagFacts, Rule, RuleType } from '../types';
import {
  dagOf,
  dagsOf,
  endOf,
  findingOf,
  isAfter,
  knownAt,
  later,
  pausedProof,
  proof,
} from './facts';
import { span, utc } from './words';

type NoSuccess = Extract<Rule, { type: 'no-success' }>;

/** A DAG that has not succeeded for longer than it may. */
export const noSuccess: RuleType<NoSuccess> = {
  expected: ({ withinMs }) =>
    `A run succeeds at least once in ${span(withinMs)}`,

  find(facts, rule) {
    const readAt = knownAt(facts, 'runs');
    if (readAt === null) return [];
    return dagsOf(facts, rule).flatMap(dag => {
      const { lastSuccess } = dag;
      const from = countsFrom(dag);
      if (dag.paused || from === null) return [];
      const deadline = later(from, rule.withinMs);
      if (!isAfter(readAt, deadline)) return [];
      return {
        ...findingOf(rule, {
          kind: 'dag',
          cluster: facts.cluster.name,
          dagId: dag.dagId,
        }),
        occurrence: lastSuccess?.runId ?? 'never',
        title: `${dag.displayName} has not succeeded for ${span(
          rule.withinMs,
        )}`,
        observed: lastSuccess
          ? `It last succeeded at ${utc(from)}, with run ${lastSuccess.runId}`
          : `It has not succeeded since it was first seen at ${utc(from)}`,
        expected: noSuccess.expected(rule),
        since: deadline,
        factsReadAt: readAt,
        runId: null,
        owner: dag.owner,
      };
    });
  },

  proof(alert, facts, rule) {
    const dag = dagOf(alert, facts);
    const readAt = knownAt(facts, 'runs');
    if (!dag) return null;
    const run = dag.lastSuccess;
    const isInTime =
      run !== null &&
      readAt !== null &&
      !isAfter(readAt, later(endOf(run), rule.withinMs));
    return isInTime
      ? proof(`Run ${run.runId} succeeded at ${utc(endOf(run))}`, run)
      : pausedProof(facts, dag);
  },
};

/** Nothing can be missing from before the DAG was known. */
function countsFrom({ lastSuccess, firstSeenAt }: DagFacts): Instant | null {
  return lastSuccess ? endOf(lastSuccess) : firstSeenAt;
}
