import type { Stores } from '.';
import { freshStores, testDatabases } from '../__testUtils__/databases';
import { aDag, aRun, aScope } from '../__testUtils__/rows';
import type { CollectionRecord } from './CollectionStore';

jest.setTimeout(60_000);

const databases = testDatabases();
const now = new Date('2026-11-24T03:00:00.000Z');

const wentWell: CollectionRecord = {
  kind: 'health',
  startedAt: now,
  durationMs: 12,
  requests: 2,
  skippedRows: 0,
  problem: null,
  complete: true,
};

describe.each(databases.eachSupportedId())('stores of clusters on %s', id => {
  let stores: Stores;

  beforeEach(async () => {
    stores = (await freshStores(databases, id)).stores;
  });

  const read = async () => {
    const scope = aScope('prod');
    const [cluster] = await stores.clusters.readAll(scope, scope, now);
    return cluster;
  };

  it('knows a cluster that was never read, and shows no figure for it', async () => {
    expect(await read()).toEqual({
      name: 'prod',
      info: null,
      components: [],
      counts: null,
      collections: [],
    });
  });

  it('keeps what a cluster told of itself', async () => {
    const info = {
      airflowVersion: '3.1.0+astro.1',
      apiVersion: 'v2' as const,
      capabilities: ['assets' as const],
    };
    const components = [
      {
        name: 'scheduler' as const,
        status: 'healthy' as const,
        heartbeatAt: null,
      },
    ];
    await stores.clusters.save('prod', { info, components, readAt: now });
    expect(await read()).toMatchObject({ info, components });
  });

  it('counts only when DAGs and runs were both read to their end', async () => {
    await stores.dags.save(
      'prod',
      [aDag('a'), aDag('b', { paused: true })],
      now,
    );
    await stores.runs.save(
      'prod',
      [aRun('a', '2026-11-24T02:00:00.000Z', { state: 'failed' })],
      now,
    );
    await stores.collections.record('prod', { ...wentWell, kind: 'inventory' });
    await stores.collections.record('prod', {
      ...wentWell,
      kind: 'runs',
      complete: false,
    });
    expect((await read()).counts).toBeNull();
    await stores.collections.record('prod', { ...wentWell, kind: 'runs' });
    expect((await read()).counts).toEqual({
      dags: 2,
      pausedDags: 1,
      importErrors: 0,
      runningRuns: 0,
      queuedRuns: 0,
      failedRuns24h: 1,
    });
  });

  it('remembers the last success when a later reading fails', async () => {
    await stores.collections.record('prod', wentWell);
    const later = new Date(now.getTime() + 30_000);
    await stores.collections.record('prod', {
      ...wentWell,
      startedAt: later,
      complete: false,
      problem: { code: 'timeout', message: 'too slow' },
    });
    expect((await read()).collections).toMatchObject([
      {
        kind: 'health',
        lastAttemptAt: later.toISOString(),
        lastSuccessAt: now.toISOString(),
        problem: { code: 'timeout' },
      },
    ]);
  });

  it('keeps health samples as long as they are wanted', async () => {
    const components = [
      {
        name: 'triggerer' as const,
        status: 'absent' as const,
        heartbeatAt: null,
      },
    ];
    const before = new Date(now.getTime() - 60_000);
    await stores.health.add('prod', { sampledAt: before, components });
    await stores.health.add('prod', { sampledAt: now, components });
    expect(await stores.health.samples('prod', before)).toHaveLength(2);
    expect(await stores.health.removeBefore(now)).toBe(1);
    expect(await stores.health.samples('prod', before)).toEqual([
      { sampledAt: now, components },
    ]);
  });

  it('replaces import errors as a whole, and lists them newest first', async () => {
    const error = (errorId: string, occurredAt: string | null) => ({
      id: errorId,
      filename: `dags/${errorId}.py`,
      bundle: null,
      stackTrace: 'SyntaxError',
      occurredAt,
    });
    await stores.importErrors.replaceAll('prod', [error('old', null)]);
    await stores.importErrors.replaceAll('prod', [
      error('1', '2026-11-24T01:00:00.000Z'),
      error('2', null),
      error('3', '2026-11-24T02:00:00.000Z'),
    ]);
    const page = await stores.importErrors.list({
      scope: aScope('prod'),
      page: { limit: 2 },
    });
    expect(page).toMatchObject({
      total: 3,
      items: [{ id: '3' }, { id: '1' }],
    });
    const rest = await stores.importErrors.list({
      scope: aScope('prod'),
      page: { limit: 2, cursor: page.nextCursor ?? undefined },
    });
    expect(rest).toMatchObject({ items: [{ id: '2' }], nextCursor: null });
  });

  it('remembers how far the reading of runs has come', async () => {
    expect(await stores.runProgress.load('prod')).toBeUndefined();
    const progress = {
      changedSince: now,
      sweep: { startedAt: now, from: now, reached: now, skipped: 3 },
      sweptAt: null,
    };
    await stores.runProgress.save('prod', progress);
    expect(await stores.runProgress.load('prod')).toEqual(progress);
    const done = { changedSince: now, sweep: null, sweptAt: now };
    await stores.runProgress.save('prod', done);
    expect(await stores.runProgress.load('prod')).toEqual(done);
  });
});
