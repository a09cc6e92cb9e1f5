import {
  anAlertOf,
  readAt,
  theFacts,
  wellRead,
} from '../../__testUtils__/alerts';
import {
  anyRule,
  failed,
  inARow,
  later,
  read,
  runFailed,
} from '../../__testUtils__/dagFacts';
import type { ClusterFacts, Rule } from '../types';
import { findAll, proofOf } from './index';

describe('what no rule looks at any more', () => {
  const facts = read({ failedRuns: [failed(2)], failuresInARow: 1 });
  const [finding] = findAll(facts, [runFailed]);
  const alert = anAlertOf(finding);
  const gone = (at: string) =>
    theFacts({ readings: { inventory: wellRead(at) } });

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
    [
      'its DAG is gone',
      gone(later),
      [runFailed],
      'Airflow no longer has the DAG load_orders',
    ],
    [
      'its DAG is missing in what was read before',
      gone(readAt),
      [runFailed],
      null,
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
