import type { RuleType } from '../types';
import { endOf } from './facts';
import { findFailures, proveSuccess } from './failures';
import { utc } from './words';

const expected = 'The newest finished run succeeded';

/** A DAG whose newest finished run failed. */
export const runFailed: RuleType = {
  expected: () => expected,

  find: (facts, rule) =>
    findFailures(facts, rule, (dag, newest) => ({
      title: `${dag.displayName} failed`,
      observed: `Run ${newest.runId} failed at ${utc(endOf(newest))}`,
      expected,
      since: endOf(dag.failedRuns.at(-1) ?? newest),
    })),

  proof: proveSuccess,
};
