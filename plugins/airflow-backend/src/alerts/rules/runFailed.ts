import { endOf } from '../../insights/outcome';
import type { RuleType } from '../types';
import { findFailures, proveSuccess } from './failures';
import { utc } from './words';

const expected = 'The newest finished run succeeded';

/** A DAG whose newest finished run failed, in the order of what runs are for. */
export const runFailed: RuleType = {
  expected: () => expected,

  find: (facts, rule) =>
    findFailures(facts, rule, (dag, newest) => ({
      title: `${dag.displayName} failed`,
      observed: `Run ${newest.runId} failed at ${utc(endOf(newest))}${
        dag.failuresInARow > 1 ? `, one of ${dag.failuresInARow} in a row` : ''
      }`,
      expected,
      since: dag.failingSince ?? endOf(newest),
    })),

  proof: proveSuccess,
};
