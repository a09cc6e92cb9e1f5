import { endOf } from '../insights/outcome';
import { findFailures, proveSuccess } from './failedRuns';
import type { RuleType } from './ruleType';
import { dagRule } from './schema';
import { utc } from './words';

const schema = dagRule('run-failed', { severity: 'warning' });

/** A DAG whose newest finished run failed, in the order of what runs are for. */
export const runFailed: RuleType<typeof schema> = {
  schema,
  about: 'dag',
  words: {
    wrong: 'the newest finished run of a DAG failed',
    over: 'a success of that run (cleared, or marked), one of a newer run, or that it was deleted',
  },
  causes: ['cluster-unreachable', 'failures-in-a-row'],

  expected: () => 'The newest finished run succeeded',

  find: (facts, rule) =>
    findFailures(facts, rule, (dag, newest) => ({
      title: `${dag.displayName} failed`,
      observed: `Run ${newest.runId} failed at ${utc(endOf(newest))}${
        dag.failuresInARow > 1 ? `, one of ${dag.failuresInARow} in a row` : ''
      }`,
      since: dag.failingSince ?? endOf(newest),
    })),

  proof: proveSuccess,
};
