import type {
  Collection,
  CollectionKind,
  Problem,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { clusterStatus, coverageOf } from './status';

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
    });
    expect(status).toBe(expected);
    const wantsProblem = expected === 'degraded' || expected === 'unreachable';
    expect(problem !== null).toBe(wantsProblem);
  });

  it('names the unhealthy component and its last heartbeat', () => {
    const { problem } = clusterStatus({
      collections: [collection('health')],
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
