import type { Knex } from 'knex';
import type { Stores } from '..';
import { aFinding, anAlertOf } from '../../__testUtils__/alerts';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { plansOf } from '../../__testUtils__/plans';
import { aDag, aRun, aScope, day, running } from '../../__testUtils__/rows';
import type { AirflowRun } from '../../airflow';
import type { StoredAlert } from '../../model/storedAlerts';
import type { RunSort } from './RunStore';
import type { RunFilter } from '../kit/types';

const databases = testDatabases();
const scope = aScope('prod', 'staging');

describe.each(databases.eachSupportedId())('RunStore on %s', id => {
  let db: Knex;
  let stores: Stores;

  beforeEach(async () => {
    ({ db, stores } = await freshStores(databases, id));
    await stores.dags.save('prod', [aDag('a'), aDag('b')], new Date(day(1)));
    await stores.runs.save(
      'prod',
      [
        aRun('a', day(20), { durationMs: 60_000 }),
        aRun('a', day(21), { state: 'failed', durationMs: 5_000 }),
        aRun('a', day(22), { durationMs: 180_000 }),
        aRun('b', day(22, 12), { ...running, type: 'manual', runId: 'by Ü%' }),
      ],
      new Date(day(23)),
    );
    await stores.runs.save('staging', [aRun('a', day(19))], new Date(day(23)));
  });

  const list = async (filter: RunFilter = {}, sort?: RunSort) => {
    const { items } = await stores.runs.list({
      scope,
      filter,
      sort,
      page: { limit: 250 },
    });
    return items.map(
      ({ cluster, dagId, runAfter }) =>
        `${cluster}/${dagId} ${runAfter.slice(8, 10)}`,
    );
  };

  it('lists runs of the fleet, newest first', async () => {
    expect(await list()).toEqual([
      'prod/b 22',
      'prod/a 22',
      'prod/a 21',
      'prod/a 20',
      'staging/a 19',
    ]);
  });

  it.each<[string, RunFilter, string[]]>([
    ['cluster', { cluster: ['staging'] }, ['staging/a 19']],
    ['DAG', { dagId: ['b'] }, ['prod/b 22']],
    ['state', { state: ['failed', 'running'] }, ['prod/b 22', 'prod/a 21']],
    ['type', { type: ['manual'] }, ['prod/b 22']],
    [
      'date range, both ends included',
      { runAfterFrom: day(20), runAfterTo: day(21) },
      ['prod/a 21', 'prod/a 20'],
    ],
    ['text of the run id', { text: 'ü%' }, ['prod/b 22']],
  ])('filters by %s', async (_what, filter, expected) => {
    expect(await list(filter)).toEqual(expected);
  });

  it.each<[RunSort, string[]]>([
    ['durationMs', ['prod/a 21', 'prod/a 20', 'prod/a 22']],
    ['-durationMs', ['staging/a 19', 'prod/a 22', 'prod/a 20']],
    ['startedAt', ['staging/a 19', 'prod/a 20', 'prod/a 21']],
    ['runAfter', ['staging/a 19', 'prod/a 20', 'prod/a 21']],
  ])('sorts by %s', async (sort, first) => {
    expect((await list({}, sort)).slice(0, 3)).toEqual(first);
  });

  it('pages without loss or repetition when many runs are due at once', async () => {
    await stores.runs.save(
      'prod',
      Array.from({ length: 25 }, (_, i) =>
        aRun('a', day(18), { runId: `manual__${i}`, startedAt: null }),
      ),
      new Date(day(23)),
    );
    const seen: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await stores.runs.list({
        scope,
        filter: {},
        sort: '-startedAt',
        page: { limit: 4, cursor },
      });
      seen.push(...page.items.map(run => `${run.cluster} ${run.runId}`));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(30);
    expect(new Set(seen).size).toBe(30);
  });

  it('takes the median of successful runs for the usual duration', async () => {
    expect(await stores.runs.usualDurationMs('prod', 'a')).toBe(120_000);
    expect(await stores.runs.usualDurationMs('prod', 'b')).toBeNull();
  });

  it('gives the last runs of a DAG oldest first', async () => {
    const recent = await stores.runs.recent('prod', 'a', 2);
    expect(recent.map(({ runAfter }) => runAfter)).toEqual([day(21), day(22)]);
  });

  it('lets a newer reading win, and tells the DAG of it', async () => {
    const again = aRun('b', day(22, 12), { runId: 'by Ü%' });
    await stores.runs.save('prod', [again], new Date(day(24)));
    await stores.runs.save(
      'prod',
      [{ ...again, ...running }],
      new Date(day(23)),
    );
    expect(await stores.runs.get('prod', 'b', 'by Ü%')).toMatchObject({
      state: 'success',
    });
    expect(await stores.dags.get('prod', 'b')).toMatchObject({
      successRate: 1,
    });
  });

  it('forgets a deleted run, and the DAG shows the one before', async () => {
    await stores.runs.remove('prod', {
      dagId: 'a',
      runId: `scheduled__${day(22)}`,
    });
    const { items } = await stores.dags.list({
      scope: aScope('prod'),
      filter: { lastRunState: ['failed'] },
      page: { limit: 5 },
    });
    expect(items.map(({ dagId }) => dagId)).toEqual(['a']);
  });

  it('forgets old runs but never one that goes on', async () => {
    expect(await stores.runs.removeBefore('prod', new Date(day(23)))).toBe(3);
    expect(await list()).toEqual(['prod/b 22', 'staging/a 19']);
  });

  it('keeps the run that an open alert names, and that its DAG is failing', async () => {
    const { runId } = aRun('a', day(21));
    const alert = (change: Partial<StoredAlert>) =>
      anAlertOf(
        aFinding({
          subject: { kind: 'dag', cluster: 'prod', dagId: 'a' },
          runId,
        }),
        change,
      );
    const save = (change: Partial<StoredAlert>) =>
      stores.alerts.transaction(trx =>
        stores.alerts.apply(trx, { alerts: [alert(change)], events: [] }),
      );
    const forget = () => stores.runs.removeBefore('prod', new Date(day(28)));
    await save({ status: 'acknowledged' });
    await forget();
    expect(await stores.runs.get('prod', 'a', runId)).toBeDefined();
    const dag = await stores.dags.get('prod', 'a');
    expect(dag?.failing).toMatchObject({ failures: 1 });
    await save({ status: 'resolved' });
    await forget();
    expect(await stores.runs.get('prod', 'a', runId)).toBeUndefined();
  });

  describe('by when a run was last alive', () => {
    /** Of years ago, on Airflow 2 the time axis of the run itself. */
    const longAgo = '2019-03-01T00:00:00.000Z';
    const never = {
      queuedAt: null,
      startedAt: null,
      endedAt: null,
      durationMs: null,
    };
    const backDated = (overrides: Partial<AirflowRun>) =>
      aRun('a', longAgo, { ...never, runId: 'old', ...overrides });
    const keeps = async () => {
      await stores.runs.removeBefore('prod', new Date(day(20)));
      return (await stores.runs.get('prod', 'a', 'old')) !== undefined;
    };

    it.each<[string, Partial<AirflowRun>, boolean]>([
      ['ended since', { startedAt: day(10), endedAt: day(21) }, true],
      ['began since, with no end told', { startedAt: day(21) }, true],
      ['was queued since', { queuedAt: day(21), state: 'failed' }, true],
      ['was due since', { dueAt: day(21) }, true],
      ['is for a later date', { runAfter: day(28), dueAt: day(28) }, true],
      ['ended before', { startedAt: day(10), endedAt: day(19) }, false],
      ['was all before', { type: 'backfill' }, false],
    ])('keeps or forgets one that %s', async (_what, told, expected) => {
      await stores.runs.save('prod', [backDated(told)], new Date(day(23)));
      expect(await keeps()).toBe(expected);
    });

    it('keeps one whose state changed since, with no moment told', async () => {
      const save = (state: 'queued' | 'failed', at: string) =>
        stores.runs.save('prod', [backDated({ state })], new Date(at));
      await save('queued', day(10));
      await save('failed', day(21));
      await save('failed', day(22));
      expect(await keeps()).toBe(true);
      await stores.runs.removeBefore('prod', new Date(day(21, 1)));
      expect(await stores.runs.get('prod', 'a', 'old')).toBeUndefined();
    });

    it('keeps one that was cleared and lost its end, and one that goes on', async () => {
      const ended = { startedAt: day(21), endedAt: day(21, 1) };
      await stores.runs.save('prod', [backDated(ended)], new Date(day(21, 2)));
      await stores.runs.save('prod', [backDated({})], new Date(day(21, 3)));
      expect(await keeps()).toBe(true);
      const later = new Date(day(25));
      await stores.runs.save('prod', [backDated(running)], later);
      await stores.runs.removeBefore('prod', new Date(day(28)));
      expect(await stores.runs.get('prod', 'a', 'old')).toMatchObject(running);
    });

    it('is asked of an index', async () => {
      const many = Array.from({ length: 400 }, (_, i) =>
        aRun(`dag ${i % 20}`, day(1 + (i % 20), i % 24), { runId: `r${i}` }),
      );
      await stores.runs.save('prod', many, new Date(day(23)));
      await db.raw('analyze');
      const plans = await plansOf(db, async () => {
        await stores.runs.removeBefore('prod', new Date(day(2)));
      });
      const ofRuns = plans.filter(plan => plan.includes('airflow_runs_alive'));
      expect(ofRuns.length).toBeGreaterThan(0);
      expect(
        plans.filter(plan =>
          /Seq Scan on airflow_runs|SCAN airflow_runs(?! USING)/.test(plan),
        ),
      ).toEqual([]);
    });
  });
});
