import { clockApart } from '@airflow-fleet/backstage-plugin-airflow-common';
import { duration } from '../model/configValues';
import { CLOCK_BOUND_MS } from '../model/clockBound';
import { findingOfCluster, isAfter, knownAt, proof } from './facts';
import type { RuleType } from './ruleType';
import { clusterRule } from './schema';
import { coversCluster } from './scope';
import { span, utc } from './words';

const MINUTE_MS = 60_000;

const schema = clusterRule('clock-skew', {
  severity: 'warning',
  forMs: 2 * MINUTE_MS,
})
  .extend({
    moreThan: duration
      .default(CLOCK_BOUND_MS)
      .describe("so far a clock may be from the portal's"),
  })
  .transform(({ moreThan, ...rule }) => ({ ...rule, moreThanMs: moreThan }));

/** Within so much of the bound it is well again; between the two it stays as it is, lest it goes to and fro. */
const WELL = 0.5;

/** A cluster whose clock and the portal's are too far apart. */
export const clockSkew: RuleType<typeof schema> = {
  schema,
  about: 'cluster',
  words: {
    wrong: 'the clocks of a cluster and of the portal are apart by more',
    over: 'they are apart by less than half of it',
  },
  causes: ['cluster-unreachable'],

  expected: ({ moreThanMs }) =>
    `The clocks of the cluster and of the portal differ by ${span(
      moreThanMs,
    )} at most`,

  find(facts, rule) {
    const { cluster, clock } = facts;
    if (!coversCluster(rule.scope, cluster)) return [];
    if (clock === null || knownAt(facts, 'health') === null) return [];
    if (Math.abs(clock.offsetMs) <= rule.moreThanMs) return [];
    return [
      {
        ...findingOfCluster(facts, rule),
        occurrence: clock.offsetMs < 0 ? 'behind' : 'ahead',
        title: `The clock of ${cluster.title} is wrong, or the portal's`,
        observed: `The cluster's clock is ${clockApart(clock)} the portal's`,
        since: clock.measuredAt,
        factsReadAt: clock.measuredAt,
        runId: null,
      },
    ];
  },

  proof(alert, facts, rule) {
    const { clock } = facts;
    const isWell =
      clock !== null &&
      knownAt(facts, 'health') !== null &&
      isAfter(clock.measuredAt, alert.factsReadAt ?? alert.since) &&
      Math.abs(clock.offsetMs) <= rule.moreThanMs * WELL;
    if (!isWell) return null;
    const at = utc(clock.measuredAt);
    return proof(
      clock.offsetMs === 0
        ? `The clocks agreed at ${at}`
        : `The cluster's clock was ${clockApart(clock)} the portal's at ${at}`,
    );
  },
};
