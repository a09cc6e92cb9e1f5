import { findingOfCluster, knownAt, proof } from './facts';
import type { RuleType } from './ruleType';
import { clusterRule } from './schema';
import { coversCluster } from './scope';
import { utc } from './words';

const MINUTE_MS = 60_000;

const schema = clusterRule('dags-vanished', {
  severity: 'critical',
  forMs: MINUTE_MS,
});

/** So many DAGs vanished at once that it is not believed of any: one trouble of the cluster. */
export const dagsVanished: RuleType<typeof schema> = {
  schema,
  about: 'cluster',
  words: {
    wrong:
      'so many DAGs are missing in one reading that the reading is doubted; one alert a cluster',
    over: 'each of them is listed again, or is told of by itself',
    threshold: 'half, or a tenth',
  },
  causes: ['cluster-unreachable', 'metadatabase', 'dag_processor'],

  expected: () => 'Airflow lists the DAGs that it listed before',

  find(facts, rule) {
    const { cluster, presences } = facts;
    const { doubted, doubtedSince, there } = presences;
    if (doubtedSince === null || !coversCluster(rule.scope, cluster)) return [];
    return [
      {
        ...findingOfCluster(facts, rule),
        // Some come back earlier than others; it is one trouble until all are accounted for.
        occurrence: 'vanished',
        title: `${doubted} of ${there} DAGs of ${cluster.title} vanished`,
        observed: `Airflow has not listed them since ${utc(
          doubtedSince,
        )}, all at once. That is doubted: nothing of them counts as gone or as right`,
        since: doubtedSince,
        factsReadAt: knownAt(facts, 'inventory') ?? doubtedSince,
        runId: null,
      },
    ];
  },

  proof({ subject }, { presences, cluster }) {
    if (subject.kind !== 'cluster' || presences.doubted > 0) return null;
    return proof(
      `No DAG of ${cluster.title} is in doubt any more: each is listed again, or is told of by itself`,
    );
  },
};
