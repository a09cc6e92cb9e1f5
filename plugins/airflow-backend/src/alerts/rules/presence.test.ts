import type {
  DagPresence,
  ImportError,
  Severity,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  anAbsentDag,
  aDagOfFacts,
  anAlertOf,
  aStoredRun,
  readAt,
  theFacts,
  wellRead,
} from '../../__testUtils__/alerts';
import { later } from '../../__testUtils__/dagFacts';
import type { Rule } from '../../model/alertRules';
import type {
  AbsentDag,
  ClusterFacts,
  DagFacts,
} from '../../model/clusterFacts';
import { findAll, proofOf } from './index';

function aRule(type: 'import-error' | 'dag-vanished' | 'dags-vanished'): Rule {
  return { name: type, type, severity: 'critical', forMs: 0, scope: {} };
}

function factsOf(
  dags: AbsentDag[],
  more: Parameters<typeof theFacts>[0] = {},
): ClusterFacts {
  return theFacts({
    absent: new Map(dags.map(dag => [dag.dagId, dag])),
    ...more,
  });
}

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
  const rule = aRule('import-error');
  const found = (dags: AbsentDag[], rules = [rule]) =>
    findAll(factsOf(dags, { importErrors: [error] }), rules);

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
    const facts = factsOf([], {
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
      proofOf(alert, factsOf(dags, { importErrors, readings: { inventory } }), [
        rule,
      ])?.text ?? null;

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
          factsOf([], { readings: { inventory: wellRead(later) } }),
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

describe('a DAG that vanished', () => {
  const rule = aRule('dag-vanished');

  it('is told to its team', () => {
    const [finding] = findAll(factsOf([anAbsentDag('orders', 'vanished')]), [
      rule,
    ]);
    expect(finding).toMatchObject({
      title: 'orders vanished',
      observed: 'Since 2026-11-24 03:00 UTC for a test. Nothing of it runs',
      since: readAt,
      owner: { ref: 'group:default/payments' },
    });
  });

  it.each<[string, AbsentDag[]]>([
    ...(['broken', 'unparsed', 'doubted', 'deleted'] as const).map(
      (state): [string, AbsentDag[]] => [
        `is ${state}`,
        [anAbsentDag('orders', state)],
      ],
    ),
    [
      'vanished the day before yesterday',
      [
        anAbsentDag('orders', 'vanished', {
          presence: {
            state: 'vanished',
            since: '2026-11-22T03:00:00.000Z',
            reason: null,
          },
        }),
      ],
    ],
  ])('is not told of one that %s', (_how, dags) => {
    expect(findAll(factsOf(dags), [rule])).toEqual([]);
  });

  const [finding] = findAll(factsOf([anAbsentDag('orders', 'vanished')]), [
    rule,
  ]);
  const listed = [aDagOfFacts('orders')];
  it.each<[DagPresence | null, ClusterFacts, string | null]>([
    ['vanished', factsOf([anAbsentDag('orders', 'vanished')]), null],
    [
      'doubted',
      factsOf([anAbsentDag('orders', 'doubted')], { dags: listed }),
      null,
    ],
    [null, factsOf([]), null],
    [
      'listed',
      factsOf([], { dags: listed }),
      'orders is listed again; it was gone from 2026-11-24 03:00 UTC on',
    ],
    [
      'broken',
      factsOf([anAbsentDag('orders', 'broken')], { dags: listed }),
      'orders is in a file again, but that cannot be imported',
    ],
    [
      'deleted',
      factsOf([anAbsentDag('orders', 'deleted')]),
      'The DAG orders was deleted, so this ends without having been put right: for a test',
    ],
  ])('then %s: its alert ends by %s', (_state, facts, text) => {
    expect(proofOf(anAlertOf(finding), facts, [rule])?.text ?? null).toBe(text);
  });
});

describe('many DAGs that vanished at once', () => {
  const rule = aRule('dags-vanished');
  const doubted = { there: 12, doubted: 7, doubtedSince: readAt };

  it('are one trouble of the cluster, until each is accounted for', () => {
    const facts = factsOf([], { presences: doubted });
    const findings = findAll(facts, [rule]);
    expect(findings).toMatchObject([
      {
        title: '7 of 12 DAGs of Production EU vanished',
        subject: { kind: 'cluster', cluster: 'prod-eu' },
        since: readAt,
        owner: { ref: 'group:default/platform' },
      },
    ]);
    const alert = anAlertOf(findings[0]);
    const one = { there: 12, doubted: 1, doubtedSince: later };
    expect(proofOf(alert, factsOf([], { presences: one }), [rule])).toBeNull();
    expect(proofOf(alert, factsOf([]), [rule])?.text).toContain(
      'No DAG of Production EU is in doubt any more',
    );
  });
});

describe('the runs of a DAG that vanished', () => {
  const rules: Rule[] = [
    { ...aRule('dag-vanished'), type: 'run-failed', name: 'failed' },
    {
      ...aRule('dag-vanished'),
      type: 'failures-in-a-row',
      name: 'in-a-row',
      count: 1,
    },
    { ...aRule('dag-vanished'), type: 'older-run-failed', name: 'older' },
    {
      ...aRule('dag-vanished'),
      type: 'run-too-long',
      name: 'too-long',
      longerThanMs: 3_600_000,
      timesUsual: 3,
    },
    {
      ...aRule('dag-vanished'),
      type: 'run-missed',
      name: 'missed',
      graceMs: 0,
    },
    {
      ...aRule('dag-vanished'),
      type: 'no-success',
      name: 'no-success',
      withinMs: 1,
    },
    {
      ...aRule('dag-vanished'),
      type: 'run-stuck-queued',
      name: 'stuck',
      longerThanMs: 1,
    },
  ];
  const at = '2026-11-24T01:00:00.000Z';
  const run = aStoredRun('orders', at, {
    state: 'failed',
    endedAt: '2026-11-24T02:30:00.000Z',
  });
  const open = { endedAt: null, startedAt: at };
  const dag = aDagOfFacts('orders', {
    failedRuns: [run],
    failuresInARow: 1,
    failingSince: run.endedAt,
    overtakenRuns: [{ ...run, runId: 'older' }],
    namedRuns: new Map([[run.runId, run]]),
    unfinishedRuns: [
      { ...run, ...open, state: 'running', runId: 'long', waitsSince: null },
      { ...run, ...open, state: 'queued', runId: 'waits', waitsSince: at },
    ],
    unkeptPromises: [
      { runAfter: at, dueAt: at, announcedAt: at, underWay: 0, freedAt: null },
    ],
  });
  const facts = (more: Partial<DagFacts> = {}, isVanished = true) =>
    factsOf(isVanished ? [anAbsentDag('orders', 'vanished')] : [], {
      dags: [{ ...dag, isVanished, ...more }],
    });
  const typesOf = (of: ClusterFacts) =>
    findAll(of, rules).map(({ ruleType }) => ruleType);

  it('are told as they end, but none is expected any more', () => {
    const ended = [
      'run-failed',
      'failures-in-a-row',
      'older-run-failed',
      'run-too-long',
    ];
    expect(typesOf(facts())).toEqual(ended);
    expect(typesOf(facts({}, false))).toEqual([
      ...ended,
      'run-missed',
      'no-success',
      'run-stuck-queued',
    ]);
  });

  it('are no news a day after they failed', () => {
    const endedAt = '2026-11-23T02:30:00.000Z';
    const failedRuns = [{ ...run, endedAt }];
    expect(typesOf(facts({ failedRuns }))).not.toContain('run-failed');
    expect(typesOf(facts({ failedRuns }, false))).toContain('run-failed');
  });

  it('prove by a success that a failure is over, and nothing else', () => {
    const succeeded = { ...run, state: 'success' as const };
    const after = facts({
      failedRuns: [],
      failuresInARow: 0,
      lastSuccess: succeeded,
      namedRuns: new Map([[run.runId, succeeded]]),
      unkeptPromises: [],
      unfinishedRuns: [],
    });
    const proven = findAll(facts({}, false), rules)
      .filter(finding => proofOf(anAlertOf(finding), after, rules))
      .map(({ ruleType }) => ruleType);
    expect(proven).toContain('run-failed');
    expect(proven).not.toContain('run-missed');
    expect(proven).not.toContain('run-stuck-queued');
  });

  it('are no sign that its file is back', () => {
    const [vanished] = findAll(facts(), [aRule('dag-vanished')]);
    expect(proofOf(anAlertOf(vanished), facts(), [aRule('dag-vanished')])).toBe(
      null,
    );
  });
});
