import type {
  CollectionKind,
  Problem,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { anAlertOf, readAt, theFacts, wellRead } from '../__testUtils__/alerts';
import type { Rule } from './index';
import type { Reading } from '../model/clusterFacts';
import { findAll, proofOf } from './index';

const rule: Rule = {
  name: 'readings-failing',
  type: 'readings-failing',
  severity: 'critical',
  forMs: 0,
  scope: {},
  longerThanMs: 10 * 60_000,
};

const refused: Problem = {
  code: 'unauthorized',
  message: "Cluster prod-eu refused the portal's credentials",
};

function ago(minutes: number): string {
  return new Date(Date.parse(readAt) - minutes * 60_000).toISOString();
}

const causes = {
  'fails since 11 minutes': {
    ...wellRead(ago(11)),
    failingSince: ago(11),
    problem: refused,
    tried: { firstAt: ago(99), lastAt: ago(0) },
  },
  'fails since 9 minutes': {
    ...wellRead(ago(10)),
    failingSince: ago(9),
    problem: refused,
    tried: { firstAt: ago(99), lastAt: ago(0) },
  },
  'failed from the first time on': {
    ...wellRead(),
    readAt: null,
    failingSince: ago(50),
    problem: refused,
    tried: { firstAt: ago(50), lastAt: ago(0) },
  },
  'is no longer tried': wellRead(ago(30)),
  'is tried seldom, as configured': {
    ...wellRead(ago(30)),
    everyMs: 3_600_000,
  },
  'was never tried': { ...wellRead(), readAt: null, tried: null },
  'is read for the first time': {
    ...wellRead(),
    readAt: null,
    tried: { firstAt: ago(50), lastAt: ago(0) },
  },
  'is read for the first time and never gets to its end': {
    ...wellRead(),
    readAt: null,
    tried: { firstAt: ago(121), lastAt: ago(0) },
  },
} satisfies Record<string, Reading>;

/** Of which kinds each cause is told; that health fails is told as an unreachable cluster. */
const table: [keyof typeof causes, string | null, CollectionKind[]][] = [
  ['fails since 11 minutes', ago(11), ['inventory', 'runs']],
  ['fails since 9 minutes', null, []],
  ['failed from the first time on', ago(50), ['inventory', 'runs']],
  ['is no longer tried', ago(30), ['health', 'inventory', 'runs']],
  ['is tried seldom, as configured', null, []],
  ['was never tried', ago(60), ['health', 'inventory', 'runs']],
  ['is read for the first time', null, []],
  [
    'is read for the first time and never gets to its end',
    ago(121),
    ['health', 'inventory', 'runs'],
  ],
];

const names = { health: 'health', inventory: 'DAGs', runs: 'runs' };

function factsWith(
  readings: Partial<Record<CollectionKind, Reading>>,
  watchedSince = ago(60),
) {
  return theFacts({ readings, watchedSince: new Date(watchedSince) });
}

describe('readings-failing', () => {
  it.each(
    table.flatMap(([cause, since, told]) =>
      (['health', 'inventory', 'runs'] as const).map(
        kind => [kind, cause, told.includes(kind) ? since : null] as const,
      ),
    ),
  )('where reading the %s %s', (kind, cause, since) => {
    const found = findAll(factsWith({ [kind]: causes[cause] }), [rule]);
    expect(found.map(finding => finding.since)).toEqual(since ? [since] : []);
    expect(found.map(finding => finding.title)).toEqual(
      since ? [`The ${names[kind]} of Production EU cannot be read`] : [],
    );
  });

  it('names all kinds, since when and why, in one alert', () => {
    const facts = factsWith({
      inventory: causes['fails since 11 minutes'],
      runs: { ...causes['fails since 11 minutes'], failingSince: ago(20) },
    });
    expect(findAll(facts, [rule])).toEqual([
      expect.objectContaining({
        title: 'The DAGs and runs of Production EU cannot be read',
        observed: `Nothing new of its DAGs and runs since 2026-11-24 02:40 UTC: ${refused.message}`,
        subject: { kind: 'cluster', cluster: 'prod-eu' },
        since: ago(20),
        factsReadAt: ago(11),
      }),
    ]);
  });

  it.each([
    ['was just started', ago(1)],
    ['was stopped for the night', ago(0)],
  ])(
    'blames no cluster for what a backend did not do that %s',
    (_why, start) => {
      const night = {
        ...wellRead(ago(600)),
        failingSince: ago(600),
        problem: refused,
      };
      const facts = factsWith(
        {
          health: wellRead(ago(600)),
          inventory: wellRead(ago(600)),
          runs: night,
        },
        start,
      );
      expect(findAll(facts, [rule])).toEqual([]);
    },
  );

  const alert = () => {
    const runs = causes['fails since 11 minutes'];
    return anAlertOf(findAll(factsWith({ runs }), [rule])[0]);
  };

  it.each<[string, Partial<Record<CollectionKind, Reading>>, boolean]>([
    ['all kinds were read again', {}, true],
    ['it fails still', { runs: causes['fails since 11 minutes'] }, false],
    ['it fails anew', { runs: causes['fails since 9 minutes'] }, false],
    ['it was not read since', { runs: wellRead(ago(12)) }, false],
    [
      'another kind fails now',
      { inventory: causes['fails since 9 minutes'] },
      false,
    ],
    [
      'another is no longer tried',
      { health: causes['is no longer tried'] },
      false,
    ],
  ])('as to a proof, when %s', (_what, readings, isProven) => {
    const found = proofOf(alert(), factsWith(readings), [rule]);
    expect(found?.text ?? null).toBe(
      isProven
        ? 'Everything about Production EU was read by 2026-11-24 03:00 UTC'
        : null,
    );
  });
});
