import type { DagPresence } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  anAbsentDag,
  anAlertOf,
  theFacts,
  wellRead,
} from '../__testUtils__/alerts';
import {
  anyRule,
  failed,
  inARow,
  later,
  read,
  runFailed,
} from '../__testUtils__/dagFacts';
import type { Rule } from './index';
import type { AbsentDag, ClusterFacts } from '../model/clusterFacts';
import { findAll, proofOf } from './index';

describe('what no rule looks at any more', () => {
  const facts = read({ failedRuns: [failed(2)], failuresInARow: 1 });
  const [finding] = findAll(facts, [runFailed]);
  const alert = anAlertOf(finding);
  const absent = (state: DagPresence, more: Partial<AbsentDag> = {}) =>
    theFacts({
      readings: { inventory: wellRead(later), runs: wellRead(later) },
      absent: new Map([
        ['load_orders', anAbsentDag('load_orders', state, more)],
      ]),
    });

  it.each<[string, ClusterFacts, Rule[], string | null]>([
    ['its rule was removed', facts, [inARow], 'The rule is no longer in force'],
    [
      'its rule now is of another type',
      facts,
      [{ ...inARow, name: 'failed' }],
      'The rule is no longer in force',
    ],
    [
      'its rule looks elsewhere',
      facts,
      [{ ...runFailed, scope: { dags: ['other'] } }],
      'The rule is no longer in force',
    ],
    [
      'its rule looks at another cluster',
      facts,
      [{ ...runFailed, scope: { clusters: ['other'] } }],
      'The rule is no longer in force',
    ],
    ['its rule is as it was', facts, [runFailed], null],
    ['its DAG is stored no more', theFacts(), [runFailed], null],
    ['its DAG is broken', absent('broken'), [runFailed], null],
    ['its DAG is not parsed', absent('unparsed'), [runFailed], null],
    ['its DAG is in doubt', absent('doubted'), [runFailed], null],
    ['its DAG vanished', absent('vanished'), [runFailed], null],
    [
      'its DAG vanished, and is of another team meanwhile',
      absent('vanished', { owner: null }),
      [{ ...runFailed, scope: { owners: ['group:default/payments'] } }],
      'The rule is no longer in force',
    ],
    [
      'its DAG was deleted',
      absent('deleted'),
      [runFailed],
      'The DAG load_orders was deleted, so this ends without having been put right: for a test',
    ],
  ])('when %s', (_when, now, rules, text) => {
    expect(proofOf(alert, now, rules)?.text ?? null).toBe(text);
  });
});

it('keeps apart what two rules find of the same DAG', () => {
  const facts = read({
    failedRuns: [failed(2), failed(1), failed(0)],
    failuresInARow: 3,
  });
  const strict: Rule = {
    ...anyRule,
    name: 'strict',
    type: 'failures-in-a-row',
    count: 2,
  };
  const found = findAll(facts, [runFailed, inARow, strict]);
  expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(3);
});
