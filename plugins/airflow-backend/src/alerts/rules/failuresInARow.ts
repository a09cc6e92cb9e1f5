import type { Rule, RuleType } from '../types';
import { endOf } from './facts';
import { findFailures, proveSuccess } from './failures';

type FailuresInARow = Extract<Rule, { type: 'failures-in-a-row' }>;

/** A DAG that failed several times since it last succeeded. */
export const failuresInARow: RuleType<FailuresInARow> = {
  expected: ({ count }) => `Fewer than ${count} failures in a row`,

  find: (facts, rule) =>
    findFailures(facts, rule, (dag, newest) => {
      const { failedRuns, failuresInARow: failures } = dag;
      if (failures < rule.count) return null;
      // The failure that made it enough, or the oldest that is known.
      const decisive = failedRuns[failures - rule.count] ?? failedRuns.at(-1);
      return {
        title: `${dag.displayName} keeps failing`,
        observed: `${failures} runs failed in a row, the last one is ${newest.runId}`,
        expected: failuresInARow.expected(rule),
        since: endOf(decisive ?? newest),
      };
    }),

  proof: proveSuccess,
};
