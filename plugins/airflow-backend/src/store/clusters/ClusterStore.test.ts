import type { Stores } from '..';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { keepErrors } from '../../__testUtils__/inventories';
import { aDag, aRun, aScope } from '../../__testUtils__/rows';
import { maskedText } from '../../masked';
import type { CollectionRecord } from './CollectionStore';

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
      clock: null,
      mayWrite: null,
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
    const clock = { offsetMs: -360_000, measuredAt: now.toISOString() };
    const told = { info, components, readAt: now };
    await stores.clusters.save('prod', { ...told, clock });
    expect(await read()).toMatchObject({ info, components, clock });
    await stores.clusters.save('prod', { ...told, clock: null });
    expect(await read()).toMatchObject({ clock });
    expect(await stores.clusters.clock('prod')).toEqual(clock);
  });

  it('keeps when a clock was set and how it went before, and takes no small difference for it', async () => {
    const info = {
      airflowVersion: '3.3.2',
      apiVersion: 'v2' as const,
      capabilities: [],
    };
    const setAt = async (seconds: number, offsetMs: number | null) => {
      const readAt = new Date(now.getTime() + seconds * 1_000);
      const measuredAt = readAt.toISOString();
      const clock = offsetMs === null ? null : { offsetMs, measuredAt };
      const told = { info, components: [], clock, readAt };
      await stores.clusters.save('set', told);
      const facts = await stores.alertFacts.read(
        { name: 'set', title: 'Set', environment: null, owner: null },
        {
          now: readAt,
          watchedSince: now,
          intervalsMs: { health: 1, inventory: 1, runs: 1 },
          everyDag: false,
        },
      );
      return facts.clockSet;
    };
    const at = (seconds: number) =>
      new Date(now.getTime() + seconds * 1_000).toISOString();
    expect(await setAt(0, -360_000)).toBeNull();
    expect(await setAt(10, -358_000)).toBeNull();
    const isSet = { at: at(20), offsetBeforeMs: -358_000 };
    expect(await setAt(20, 0)).toEqual(isSet);
    expect(await setAt(30, null)).toEqual(isSet);
    expect(await setAt(40, 2_000)).toEqual(isSet);
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

  it('replaces import errors as a whole unless that is doubted, and lists them newest first', async () => {
    const error = (errorId: string, occurredAt: string | null) => ({
      id: errorId,
      filename: `dags/${errorId}.py`,
      bundle: null,
      stackTrace: maskedText('SyntaxError'),
      occurredAt,
    });
    const save = (errors: ReturnType<typeof error>[], forgetOthers: boolean) =>
      keepErrors(stores, 'prod', errors, { forgetOthers });
    await save([error('old', null)], true);
    await save([error('1', '2026-11-24T01:00:00.000Z')], true);
    await save(
      [error('2', null), error('3', '2026-11-24T02:00:00.000Z')],
      false,
    );
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

  it('finds the import errors of the files of a DAG', async () => {
    const error = (errorId: string, filename: string) => ({
      id: errorId,
      filename,
      bundle: null,
      stackTrace: maskedText('SyntaxError'),
      occurredAt: null,
    });
    const dags = [
      aDag('a', { fileLocation: '/opt/dags/team/a.py' }),
      aDag('b', { fileLocation: '/opt/dags/team/b.py' }),
      aDag('zipped', { fileLocation: 'team/all.zip/c.py' }),
      aDag('within', { fileLocation: 'more.zip/d.py' }),
      aDag('like-a', { fileLocation: '/opt/dags/team/data.py' }),
      aDag('of-no-file', { fileLocation: null }),
    ];
    for (const cluster of ['prod', 'dev']) {
      await stores.dags.save(cluster, dags, now);
      await keepErrors(
        stores,
        cluster,
        [
          error('from the bundle', 'team/a.py'),
          error('whole', '/opt/dags/team/b.py'),
          error('zip', '/opt/dags/team/all.zip'),
          error('the same zip from the bundle', 'team/all.zip'),
          error('within a zip', '/opt/dags/more.zip/d.py'),
          error('of none', 'ta.py'),
        ],
        { forgetOthers: true },
      );
    }
    const idsOf = async (...dagId: string[]) => {
      const { items } = await stores.importErrors.list({
        scope: aScope('prod', 'dev'),
        cluster: ['prod'],
        dagId,
        page: { limit: 10 },
      });
      return items.map(found => `${found.cluster}: ${found.id}`);
    };
    expect(await idsOf('a')).toEqual(['prod: from the bundle']);
    expect(await idsOf('b')).toEqual(['prod: whole']);
    expect(await idsOf('a', 'b')).toHaveLength(2);
    expect(await idsOf('zipped')).toEqual([
      'prod: the same zip from the bundle',
    ]);
    expect(await idsOf('within')).toEqual(['prod: within a zip']);
    expect(await idsOf('like-a')).toEqual([]);
    expect(await idsOf('of-no-file')).toEqual([]);
  });

  it('remembers how far the reading of runs has come', async () => {
    expect(await stores.runProgress.load('prod')).toBeUndefined();
    const progress = {
      clockOffsetMs: -360_000,
      changedSince: now,
      sweep: { startedAt: now, from: now, reached: now, skipped: 3 },
      sweptAt: null,
      countedAt: null,
    };
    await stores.runProgress.save('prod', progress);
    expect(await stores.runProgress.load('prod')).toEqual(progress);
    const done = {
      clockOffsetMs: 0,
      changedSince: now,
      sweep: null,
      sweptAt: now,
      countedAt: now,
    };
    await stores.runProgress.save('prod', done);
    expect(await stores.runProgress.load('prod')).toEqual(done);
  });
});
