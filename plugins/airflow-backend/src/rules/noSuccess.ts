import {
  toClusterTime,
  type Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { endOf } from '../insights/outcome';
import type { ClusterFacts, DagFacts } from '../model/clusterFacts';
import { duration } from '../model/configValues';
import {
  dagOf,
  dagsOf,
  findingOfDag,
  isAfter,
  knownUntil,
  later,
  pausedProof,
  proof,
  readOf,
  sinceIn,
} from './facts';
import type { RuleType } from './ruleType';
import { dagRule } from './schema';
import { span, utc } from './words';

const schema = dagRule('no-success', { severity: 'warning' })
  .extend({
    within: duration.describe(
      'a run must succeed at least once within this time',
    ),
  })
  .transform(({ within, ...rule }) => ({ ...rule, withinMs: within }));

/** A DAG that has not succeeded for longer than it may. */
export const noSuccess: RuleType<typeof schema> = {
  schema,
  about: 'dag',
  words: {
    wrong:
      'a DAG has not succeeded for longer; there is no such rule unless you write one',
    over: 'a success in time',
  },
  causes: [
    'cluster-unreachable',
    'metadatabase',
    'scheduler',
    'import-error',
    'dag-vanished',
    'failures-in-a-row',
    'run-failed',
    'run-too-long',
    'run-missed',
  ],
  needsEveryDag: true,

  expected: ({ withinMs }) =>
    `A run succeeds at least once in ${span(withinMs)}`,

  find(facts, rule) {
    const read = readOf(facts, 'runs');
    if (read === null) return [];
    return dagsOf(facts, rule).flatMap(dag => {
      const { lastSuccess } = dag;
      const from = countsFrom(facts, dag);
      if (dag.paused || from === null) return [];
      const deadline = later(from, rule.withinMs);
      if (!isAfter(read.until, deadline)) return [];
      return {
        ...findingOfDag(facts, rule, dag),
        occurrence: lastSuccess?.runId ?? 'never',
        title: `${dag.displayName} has not succeeded for ${span(
          rule.withinMs,
        )}`,
        observed: lastSuccess
          ? `It last succeeded at ${utc(from)}, with run ${lastSuccess.runId}`
          : `It has not succeeded since it was first seen at ${utc(from)}`,
        since: sinceIn(facts, deadline),
        factsReadAt: read.at,
        runId: null,
      };
    });
  },

  proof(alert, facts, rule) {
    const dag = dagOf(alert, facts);
    const readUntil = knownUntil(facts, 'runs');
    if (!dag) return null;
    const run = dag.lastSuccess;
    const isInTime =
      run !== null &&
      readUntil !== null &&
      !isAfter(readUntil, later(endOf(run), rule.withinMs));
    return isInTime
      ? proof(`Run ${run.runId} succeeded at ${utc(endOf(run))}`, run)
      : pausedProof(facts, dag);
  },
};

/** Nothing can be missing from before the DAG was known. */
function countsFrom(
  { clock }: ClusterFacts,
  { lastSuccess, firstSeenAt }: DagFacts,
): Instant | null {
  if (lastSuccess) return endOf(lastSuccess);
  return firstSeenAt && toClusterTime(firstSeenAt, clock);
}
