import { coversCluster } from '../scope';
import type { RuleType } from '../types';
import { clusterOwner, findingOf, isAfter, knownAt, proof } from './facts';
import { utc } from './words';

const expected = 'The cluster can be read';

/** A cluster whose health cannot be read. */
export const clusterUnreachable: RuleType = {
  expected: () => expected,

  find(facts, rule) {
    const { cluster, readings } = facts;
    const { failingSince, problem, readAt } = readings.health;
    if (failingSince === null || !coversCluster(rule.scope, cluster)) return [];
    return [
      {
        ...findingOf(rule, { kind: 'cluster', cluster: cluster.name }),
        occurrence: failingSince,
        title: `${cluster.title} cannot be read`,
        observed: problem?.message ?? 'Reading its health fails',
        expected,
        since: failingSince,
        factsReadAt: readAt,
        runId: null,
        owner: clusterOwner(facts),
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
