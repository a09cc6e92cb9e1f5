import type {
  ImportError,
  Severity,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  anAbsentDag,
  anAlertOf,
  factsOfAbsent,
  readAt,
  wellRead,
} from '../__testUtils__/alerts';
import { later } from '../__testUtils__/dagFacts';
import type { Rule } from './index';
import type { AbsentDag } from '../model/clusterFacts';
import { findAll, proofOf } from './index';

const rule: Rule = {
  name: 'import-error',
  type: 'import-error',
  severity: 'critical',
  forMs: 0,
  scope: {},
};

const inShop = { fileLocation: '/dags/shop.py' };
const ofBilling = {
  owner: { ref: 'group:default/billing', source: 'tag' as const, by: 'x' },
};
const error: ImportError = {
  cluster: 'prod-eu',
  id: '1',
  filename: '/dags/shop.py',
  bundle: null,
  stackTrace: 'SyntaxError: invalid syntax',
  occurredAt: readAt,
};

describe('a file that cannot be imported', () => {
  const found = (dags: AbsentDag[], rules = [rule]) =>
    findAll(factsOfAbsent(dags, { importErrors: [error] }), rules);

  it('is told once to each team that has DAGs in it, and not to the owner of the cluster', () => {
    const findings = found([
      anAbsentDag('orders', 'broken', inShop),
      anAbsentDag('refunds', 'broken', inShop),
      anAbsentDag('returns', 'broken', inShop),
      anAbsentDag('bills', 'broken', { ...inShop, ...ofBilling }),
      anAbsentDag('elsewhere', 'broken', { fileLocation: '/dags/b.py' }),
      anAbsentDag('moved', 'vanished', inShop),
    ]);
    expect(findings.map(({ title, owner }) => [title, owner?.ref])).toEqual([
      [
        'shop.py cannot be imported: orders, refunds and 1 more do not run',
        'group:default/payments',
      ],
      [
        'shop.py cannot be imported: bills does not run',
        'group:default/billing',
      ],
      // Airflow marks it as broken, but tells no error.
      [
        'b.py cannot be imported: elsewhere does not run',
        'group:default/payments',
      ],
    ]);
    const fingerprints = findings.map(({ fingerprint }) => fingerprint);
    expect(new Set(fingerprints).size).toBe(3);
  });

  it.each<[string, AbsentDag[], string | undefined]>([
    ['no DAG of it is known', [], 'group:default/platform'],
    [
      'its DAG has no owner',
      [anAbsentDag('orders', 'broken', { ...inShop, owner: null })],
      'group:default/platform',
    ],
  ])('is told to the owner of the cluster when %s', (_when, dags, owner) => {
    expect(found(dags).map(finding => finding.owner?.ref)).toEqual([owner]);
  });

  it.each<[string, Partial<AbsentDag>, Severity]>([
    ['it runs by itself', {}, 'critical'],
    ['it does not run by itself', { isScheduled: false }, 'warning'],
  ])('is %s: %s', (_how, dag, severity) => {
    const dags = [anAbsentDag('orders', 'broken', { ...inShop, ...dag })];
    expect(found(dags)[0].severity).toBe(severity);
  });

  it('is looked at by a rule for the team that has DAGs in it', () => {
    const dags = [anAbsentDag('orders', 'broken', inShop)];
    const of = (owner: string) =>
      found(dags, [{ ...rule, scope: { owners: [owner] } }]);
    expect(of('group:default/payments')).toHaveLength(1);
    expect(of('group:default/platform')).toEqual([]);
  });

  it('is still told while the list of DAGs is doubted', () => {
    const problem = { code: 'dags-vanished' as const, message: 'doubted' };
    const facts = factsOfAbsent([], {
      importErrors: [error],
      readings: { inventory: { ...wellRead(), failingSince: later, problem } },
    });
    expect(findAll(facts, [rule])).toHaveLength(1);
  });

  describe('is over', () => {
    const [finding] = found([anAbsentDag('orders', 'broken', inShop)]);
    const alert = anAlertOf(finding);
    const proofIn = (
      dags: AbsentDag[],
      importErrors: ImportError[],
      inventory = wellRead(later),
    ) =>
      proofOf(
        alert,
        factsOfAbsent(dags, { importErrors, readings: { inventory } }),
        [rule],
      )?.text ?? null;

    it.each<[string, string | null, string | null]>([
      ['it can be imported', proofIn([], []), 'shop.py can be imported again'],
      [
        'it was removed',
        proofIn([anAbsentDag('orders', 'vanished', inShop)], []),
        'shop.py is gone, and its error with it: orders vanished, which is told by itself',
      ],
      [
        'its DAG was deleted with it',
        proofIn([anAbsentDag('orders', 'deleted', inShop)], []),
        'shop.py is gone, and its error with it: orders was deleted',
      ],
      [
        'no DAG of it was ever known',
        proofOf(
          anAlertOf(found([])[0]),
          factsOfAbsent([], { readings: { inventory: wellRead(later) } }),
          [rule],
        )?.text ?? null,
        'Airflow tells no error of shop.py any more. Whether it was mended or removed is not known, for no DAG of it is',
      ],
      [
        'its DAGs belong to others',
        proofIn(
          [anAbsentDag('orders', 'broken', { ...inShop, ...ofBilling })],
          [error],
        ),
        'The DAGs of shop.py belong to group:default/billing now, who is told; it still cannot be imported',
      ],
    ])('when %s', (_when, text, expected) => {
      expect(text).toBe(expected);
    });

    it.each<[string, string | null]>([
      [
        'the error is missing, but Airflow marks its DAG as broken',
        proofIn([anAbsentDag('orders', 'broken', inShop)], []),
      ],
      ['nothing was read since', proofIn([], [], wellRead(readAt))],
      [
        'the list of DAGs is doubted',
        proofIn([anAbsentDag('orders', 'doubted', inShop)], [], {
          ...wellRead(),
          failingSince: later,
        }),
      ],
    ])('not when %s', (_when, text) => {
      expect(text).toBeNull();
    });
  });
});
