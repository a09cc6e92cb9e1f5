import { z } from 'zod';
import { endOf, isNewer } from '../insights/outcome';
import type { ClusterFacts } from '../model/clusterFacts';
import type { StoredAlert } from '../model/storedAlerts';
import { dagWithRunsOf, knownAt, proof } from './facts';
import { findFailures, fromOccurrence, proveSuccess } from './failedRuns';
import type { Proof } from './finding';
import type { RuleOf, RuleType } from './ruleType';
import { dagRule } from './schema';

const schema = dagRule('failures-in-a-row', { severity: 'critical' }).extend({
  count: z
    .number()
    .int()
    .min(2)
    .default(3)
    .describe('so many failures fire it'),
});

type FailuresInARow = RuleOf<typeof schema>;

/** A DAG that failed several times since it last succeeded. */
export const failuresInARow: RuleType<typeof schema> = {
  schema,
  about: 'dag',
  words: {
    wrong: 'so many runs of a DAG failed since it last succeeded',
    over: 'as `run-failed`, or that fewer are left, one in between being mended or deleted',
  },
  causes: ['cluster-unreachable'],

  expected: ({ count }) => `Fewer than ${count} failures in a row`,

  find: (facts, rule) =>
    findFailures(facts, rule, (dag, newest) => {
      const { failedRuns, failuresInARow: failures } = dag;
      if (failures < rule.count) return null;
      const ends = failedRuns.map(endOf).sort().reverse();
      return {
        title: `${dag.displayName} keeps failing`,
        observed: `${failures} runs failed in a row, the last one is ${newest.runId}`,
        // The failure that made it enough, or the oldest that is known.
        since: ends[failures - rule.count] ?? ends.at(-1) ?? endOf(newest),
      };
    }),

  proof: (alert, facts, rule) =>
    proveSuccess(alert, facts) ?? proveFewer(alert, facts, rule),
};

/** A run in between that succeeded or was deleted leaves too few; one that was cleared goes on and may fail again. */
function proveFewer(
  alert: StoredAlert,
  facts: ClusterFacts,
  { count }: FailuresInARow,
): Proof | null {
  const dag = dagWithRunsOf(alert, facts);
  const failed = fromOccurrence(alert.occurrence);
  if (!dag || !failed || knownAt(facts, 'runs') === null) return null;
  const { failuresInARow: failures, unfinishedRuns, namedRuns } = dag;
  const goesOn = unfinishedRuns.some(
    run => run.runId === failed.runId || !isNewer(run, failed),
  );
  const isKnown = namedRuns.has(failed.runId);
  if (failures >= count || goesOn || !isKnown) return null;
  return proof(
    failures === 1
      ? 'Only 1 run failed in a row now'
      : `Only ${failures} runs failed in a row now`,
  );
}
