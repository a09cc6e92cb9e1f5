import fc from 'fast-check';
import {
  aDagOfFacts,
  anAlertOf,
  aStoredRun,
  readAt,
  theFacts,
  wellRead,
} from '../__testUtils__/alerts';
import type { Rule } from './index';
import type { ClusterFacts } from '../model/clusterFacts';
import { findAll, proofOf } from './index';

const rule: Rule = {
  name: 'clock-skew',
  type: 'clock-skew',
  severity: 'warning',
  forMs: 120_000,
  scope: {},
  moreThanMs: 60_000,
};

const later = '2026-11-24T03:05:00.000Z';

function apart(seconds: number, measuredAt = readAt): ClusterFacts {
  return theFacts({
    clock: { offsetMs: seconds * 1_000, measuredAt },
    readings: { health: wellRead(measuredAt) },
  });
}

describe('clock-skew', () => {
  it.each([
    [0, null],
    [60, null],
    [-60, null],
    [61, "The cluster's clock is 1 min ahead of the portal's"],
    [-360, "The cluster's clock is 6 min behind the portal's"],
    [172_800, "The cluster's clock is 2 d ahead of the portal's"],
  ])('with the clock %d s apart', (seconds, observed) => {
    const found = findAll(apart(seconds), [rule]);
    expect(found.map(finding => finding.observed)).toEqual(
      observed ? [observed] : [],
    );
  });

  it.each([
    ['was never measured', theFacts({ clock: null })],
    [
      'cannot be read',
      {
        ...apart(-360),
        readings: {
          ...apart(-360).readings,
          health: { ...wellRead(), failingSince: readAt },
        },
      },
    ],
  ])('finds nothing where the clock %s', (_what, facts) => {
    expect(findAll(facts, [rule])).toEqual([]);
  });

  it.each([
    ['is as far apart as before', apart(-360, later), null],
    ['is still near the bound', apart(-45, later), null],
    [
      'is well within it again',
      apart(-30, later),
      "The cluster's clock was 30 s behind the portal's at 2026-11-24 03:05 UTC",
    ],
    [
      'agrees again',
      apart(0, later),
      'The clocks agreed at 2026-11-24 03:05 UTC',
    ],
    ['was not measured since', apart(0, readAt), null],
    ['cannot be measured any more', theFacts({ clock: null }), null],
  ])('as to a proof, when the clock %s', (_what, facts, text) => {
    const alert = anAlertOf(findAll(apart(-360), [rule])[0]);
    expect(proofOf(alert, facts, [rule])?.text ?? null).toBe(text);
  });

  it('never both finds it and proves it over, whatever the clock does around the bound', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200, max: 200 }), seconds => {
        const alert = anAlertOf(findAll(apart(-360), [rule])[0]);
        const facts = apart(seconds, later);
        const isFound = findAll(facts, [rule]).length > 0;
        expect(isFound && proofOf(alert, facts, [rule]) !== null).toBe(false);
      }),
    );
  });
});

describe('rules about DAGs of a cluster whose clock is apart', () => {
  const minutes = (count: number) =>
    new Date(Date.parse(readAt) + count * 60_000).toISOString();
  const rules: Rule[] = [
    {
      name: 'long',
      type: 'run-too-long',
      severity: 'warning',
      forMs: 0,
      scope: {},
      longerThanMs: 60 * 60_000,
      timesUsual: 3,
    },
    {
      name: 'missed',
      type: 'run-missed',
      severity: 'warning',
      forMs: 0,
      scope: {},
      graceMs: 10 * 60_000,
    },
  ];

  /** What is told of a run begun, and of one announced, so many minutes before now by Airflow's clock. */
  const told = (skew: number, begunBefore: number, dueBefore: number) => {
    const begunAt = minutes(skew - begunBefore);
    const dag = aDagOfFacts('load_orders', {
      unfinishedRuns: [
        {
          ...aStoredRun('load_orders', begunAt, {
            state: 'running',
            startedAt: begunAt,
            endedAt: null,
          }),
          waitsSince: null,
        },
      ],
      unkeptPromises: [
        {
          runAfter: minutes(skew - dueBefore),
          dueAt: minutes(skew - dueBefore),
          announcedAt: minutes(skew - 600),
          underWay: 0,
          freedAt: null,
        },
      ],
    });
    const facts = theFacts({
      clock: { offsetMs: skew * 60_000, measuredAt: readAt },
      dags: [dag],
    });
    return findAll(facts, rules).map(({ ruleType, since }) => [
      ruleType,
      since,
    ]);
  };

  it('finds the same, since the same moment, however far it is apart', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -2_880, max: 2_880 }),
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 0, max: 30 }),
        (skew, begunBefore, dueBefore) => {
          expect(told(skew, begunBefore, dueBefore)).toEqual(
            told(0, begunBefore, dueBefore),
          );
        },
      ),
    );
  });
});
