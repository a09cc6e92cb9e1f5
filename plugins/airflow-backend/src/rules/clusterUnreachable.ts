import { findingOfCluster, isAfter, knownAt, proof } from './facts';
import type { RuleType } from './ruleType';
import { clusterRule } from './schema';
import { coversCluster } from './scope';
import { utc } from './words';

const MINUTE_MS = 60_000;

const schema = clusterRule('cluster-unreachable', {
  severity: 'critical',
  forMs: MINUTE_MS,
});

/** A cluster whose health cannot be read. */
export const clusterUnreachable: RuleType<typeof schema> = {
  schema,
  about: 'cluster',
  words: {
    wrong: 'the health of a cluster cannot be read',
    over: 'the cluster answers',
  },
  causes: [],

  expected: () => 'The cluster can be read',

  find(facts, rule) {
    const { cluster, readings } = facts;
    const { failingSince, problem, readAt } = readings.health;
    if (failingSince === null || !coversCluster(rule.scope, cluster)) return [];
    return [
      {
        ...findingOfCluster(facts, rule),
        occurrence: failingSince,
        title: `${cluster.title} cannot be read`,
        observed: problem?.message ?? 'Reading its health fails',
        since: failingSince,
        factsReadAt: readAt,
        runId: null,
      },
    ];
  },

  proof(alert, facts) {
    const readAt = knownAt(facts, 'health');
    return readAt !== null && isAfter(readAt, alert.since)
      ? proof(`${facts.cluster.title} answered at ${utc(readAt)}`)
      : null;
  },
};
