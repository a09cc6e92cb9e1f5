import type {
  Collection,
  CollectionKind,
  Problem,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { clusterStatus, coverageOf, knownComponents } from './status';

const unreachable: Problem = { code: 'unreachable', message: 'no answer' };
const now = new Date('2026-11-24T03:00:00.000Z');

function collection(
  kind: CollectionKind,
  overrides: Partial<Collection> = {},
): Collection {
  return {
    kind,
    lastAttemptAt: '2026-11-24T02:59:30.000Z',
    lastSuccessAt: '2026-11-24T02:59:30.000Z',
    durationMs: 20,
    requests: 2,
    skippedRows: 0,
    problem: null,
    ...overrides,
  };
}

const fresh = { readAt: '2026-11-24T02:59:30.000Z', stale: false };
const old = { readAt: '2026-11-24T01:00:00.000Z', stale: true };

describe('clusterStatus', () => {
  it.each([
    ['unknown', 'nothing was read yet', [], 'healthy'],
    ['healthy', 'all went well', [collection('health')], 'healthy'],
    [
      'healthy',
      'a component never ran there',
      [collection('health')],
      'absent',
    ],
    [
      'degraded',
      'a component is unhealthy',
      [collection('health')],
      'unhealthy',
    ],
    [
      'degraded',
      'one kind of fact cannot be read',
      [collection('health'), collection('runs', { problem: unreachable })],
      'healthy',
    ],
    [
      'unreachable',
      'the last health reading failed',
      [collection('health', { problem: unreachable }), collection('runs')],
      'healthy',
    ],
  ] as const)('is %s when %s', (expected, _why, collections, scheduler) => {
    const { status, problem } = clusterStatus({
      collections: [...collections],
      components: [{ name: 'scheduler', status: scheduler, heartbeatAt: null }],
      clock: null,
      health: fresh,
    });
    expect(status).toBe(expected);
    const wantsProblem = expected === 'degraded' || expected === 'unreachable';
    expect(problem !== null).toBe(wantsProblem);
  });

  it('names the unhealthy component and its last heartbeat', () => {
    const { problem } = clusterStatus({
      collections: [collection('health')],
      clock: null,
      health: fresh,
      components: [
        {
          name: 'dag_processor',
          status: 'unhealthy',
          heartbeatAt: '2026-11-24T02:00:00Z',
        },
      ],
    });
    expect(problem?.message).toContain(
      'dag processor (last heartbeat 2026-11-24T02:00:00Z)',
    );
  });
});

it('names the components of which a heartbeat from the future tells nothing', () => {
  const { status, problem } = clusterStatus({
    collections: [collection('health')],
    clock: null,
    health: fresh,
    components: [
      {
        name: 'scheduler',
        status: 'unknown',
        heartbeatAt: '2026-11-24T04:00:00Z',
      },
    ],
  });
  expect(status).toBe('degraded');
  expect(problem?.message).toBe(
    'Nobody can tell whether these live: scheduler (last heartbeat 2026-11-24T04:00:00Z)',
  );
});

describe('a cluster whose health was not read for too long', () => {
  const components = [
    {
      name: 'scheduler' as const,
      status: 'healthy' as const,
      heartbeatAt: old.readAt,
    },
  ];

  it('is not known to be healthy, and says since when', () => {
    const { status, problem } = clusterStatus({
      collections: [collection('health')],
      components,
      clock: null,
      health: old,
    });
    expect(status).toBe('unknown');
    expect(problem?.message).toBe(
      `Its health was last read at ${old.readAt}, and not again since`,
    );
  });

  it('has components that were last seen so', () => {
    expect(knownComponents(components, fresh)).toEqual(components);
    expect(knownComponents(components, old)).toEqual([
      {
        ...components[0],
        status: 'unknown',
        lastSeen: { status: 'healthy', readAt: old.readAt },
      },
    ]);
    expect(knownComponents(components, { readAt: null, stale: true })).toEqual([
      { ...components[0], status: 'unknown' },
    ]);
  });
});

describe('the clock of a cluster', () => {
  const read = (seconds: number | null, runs: Partial<Collection> = {}) =>
    clusterStatus({
      collections: [collection('health'), collection('runs', runs)],
      components: [],
      clock:
        seconds === null
          ? null
          : { offsetMs: seconds * 1_000, measuredAt: now.toISOString() },
      health: fresh,
    });

  it.each([
    [null, 'healthy', undefined],
    [0, 'healthy', undefined],
    [60, 'healthy', undefined],
    [-60, 'healthy', undefined],
    [61, 'degraded', "Its clock is 1 min ahead of the portal's"],
    [-360, 'degraded', "Its clock is 6 min behind the portal's"],
    [-10_800, 'degraded', "Its clock is 3 h behind the portal's"],
    [259_200, 'degraded', "Its clock is 3 d ahead of the portal's"],
  ])('%s seconds apart is %s', (seconds, status, message) => {
    const found = read(seconds);
    expect(found.status).toBe(status);
    expect(found.problem?.message).toBe(message);
  });

  it('is named only where nothing worse is wrong', () => {
    const { problem } = read(-360, { problem: unreachable });
    expect(problem).toEqual(unreachable);
  });
});

describe('coverageOf', () => {
  const read = (runs?: Partial<Collection>) =>
    coverageOf({
      cluster: 'a',
      kind: 'runs',
      collections: runs ? [collection('runs', runs)] : [collection('health')],
      intervalMs: 30_000,
      now,
    });

  it.each([
    ['is stale when it was never read', undefined, null, true],
    [
      'is stale as long as the first filling goes on',
      { lastSuccessAt: null },
      null,
      true,
    ],
    ['is fresh after a good reading', {}, '2026-11-24T02:59:30.000Z', false],
    [
      'is stale after a failed reading',
      { problem: unreachable },
      '2026-11-24T02:59:30.000Z',
      true,
    ],
    [
      'is stale when readings are overdue',
      { lastSuccessAt: '2026-11-24T02:58:00.000Z' },
      '2026-11-24T02:58:00.000Z',
      true,
    ],
  ])('%s', (_what, runs, readAt, stale) => {
    expect(read(runs)).toEqual({ cluster: 'a', readAt, stale });
  });
});
