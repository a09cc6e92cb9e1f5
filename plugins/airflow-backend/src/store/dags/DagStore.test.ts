import {
  dagSortColumns,
  type DagSort,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Stores } from '..';
import type { AirflowDag } from '../../airflow';
import type { DagPresence } from '@airflow-fleet/backstage-plugin-airflow-common';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { aDag, aRun, aScope, vanished } from '../../__testUtils__/rows';
import type { DagFilter } from '../kit/types';

jest.setTimeout(60_000);

const databases = testDatabases();
const both = aScope('prod', 'staging');
const readAt = new Date('2026-11-24T03:00:00.000Z');

const fleet = [
  aDag('zoo', { hasImportErrors: true, description: '100% animals' }),
  aDag('billing', {
    displayName: 'Billing',
    tags: ['team:finance'],
    owners: ['finance'],
    schedule: { kind: 'cron', expression: '0 * * * *', description: null },
    nextRunAt: '2026-11-24T04:00:00.000Z',
  }),
  aDag('churn', { paused: true, description: 'Tells who leaves' }),
  aDag('etl.daily', { displayName: 'etl.daily' }),
  aDag('orders', {
    displayName: 'Orders',
    tags: ['team:shop', 'critical'],
    nextRunAt: '2026-11-24T05:00:00.000Z',
  }),
];

const runs = [
  ...Array.from({ length: 20 }, (_, hour) =>
    aRun(
      'billing',
      `2026-11-20T${String(hour + 1).padStart(2, '0')}:00:00.000Z`,
      hour === 19 ? { state: 'failed' } : {},
    ),
  ),
  aRun('etl.daily', '2026-11-19T00:00:00.000Z'),
  aRun('orders', '2026-11-22T00:00:00.000Z'),
  aRun('orders', '2026-11-23T00:00:00.000Z', {
    state: 'running',
    endedAt: null,
    durationMs: null,
  }),
];

describe.each(databases.eachSupportedId())('DagStore on %s', id => {
  let stores: Stores;
  let explain: (query: string) => Promise<string>;

  beforeAll(async () => {
    const fresh = await freshStores(databases, id);
    stores = fresh.stores;
    explain = async query => {
      const isPostgres = id.startsWith('POSTGRES');
      if (isPostgres) await fresh.db.raw('set enable_seqscan = off');
      const prefix = isPostgres ? 'explain' : 'explain query plan';
      return JSON.stringify(await fresh.db.raw(`${prefix} ${query}`));
    };
    await stores.dags.save('prod', fleet, readAt);
    await stores.dags.save(
      'staging',
      [aDag('orders', { displayName: 'Orders', tags: ['team:shop'] })],
      readAt,
    );
    await stores.runs.save('prod', runs, readAt);
  });

  const list = async (filter: DagFilter = {}, sort?: DagSort) => {
    const page = await stores.dags.list({
      scope: both,
      filter,
      sort,
      page: { limit: 250 },
    });
    return page.items.map(({ cluster, dagId }) => `${cluster}/${dagId}`);
  };

  it('lists the fleet by name, without regard to case', async () => {
    expect(await list()).toEqual([
      'prod/billing',
      'prod/churn',
      'prod/etl.daily',
      'prod/orders',
      'staging/orders',
      'prod/zoo',
    ]);
  });

  it('shows nothing of clusters outside the scope', async () => {
    const page = await stores.dags.list({
      scope: aScope('staging'),
      filter: { cluster: ['prod', 'staging'] },
      page: { limit: 250 },
    });
    expect(page.total).toBe(1);
    expect(page.items.map(({ cluster }) => cluster)).toEqual(['staging']);
  });

  it.each<[string, DagFilter, string[]]>([
    ['cluster', { cluster: ['staging'] }, ['staging/orders']],
    ['environment', { environment: ['staging'] }, ['staging/orders']],
    ['paused', { paused: true }, ['prod/churn']],
    ['last state', { lastRunState: ['failed'] }, ['prod/billing']],
    [
      'no run at all, beside a state',
      { lastRunState: ['running', 'none'], cluster: ['prod'] },
      ['prod/churn', 'prod/orders', 'prod/zoo'],
    ],
    [
      'any tag',
      { tag: ['team:shop', 'team:finance'] },
      ['prod/billing', 'prod/orders', 'staging/orders'],
    ],
    [
      'all tags',
      { tag: ['team:shop', 'critical'], tagMatch: 'all' },
      ['prod/orders'],
    ],
    [
      'name, of one cluster and not of another',
      { dag: ['staging/orders', 'prod/zoo', 'research/orders', 'nonsense'] },
      ['staging/orders', 'prod/zoo'],
    ],
    ['names that are none', { dag: ['nonsense'] }, []],
    ['owner', { owner: ['finance'] }, ['prod/billing']],
    ['import errors', { hasImportErrors: true }, ['prod/zoo']],
    ['text in the id', { text: 'ETL.d' }, ['prod/etl.daily']],
    ['text in the description', { text: 'who leaves' }, ['prod/churn']],
    ['text that looks like a wildcard', { text: '%' }, ['prod/zoo']],
  ])('filters by %s', async (_what, filter, expected) => {
    expect(await list(filter)).toEqual(expected);
  });

  const sorts = dagSortColumns.flatMap((column): DagSort[] => [
    column,
    `-${column}`,
  ]);

  it.each(sorts)('pages by %s without loss or repetition', async sort => {
    const whole = await list({}, sort);
    const paged: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await stores.dags.list({
        scope: both,
        filter: {},
        sort,
        page: { limit: 2, cursor },
      });
      expect(page.total).toBe(6);
      paged.push(
        ...page.items.map(({ cluster, dagId }) => `${cluster}/${dagId}`),
      );
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole);
    expect(new Set(paged).size).toBe(6);
  });

  it.each<[DagSort, string]>([
    ['lastRunAt', 'prod/etl.daily'],
    ['-lastRunAt', 'prod/orders'],
    ['successRate', 'prod/billing'],
    ['-successRate', 'prod/orders'],
  ])('sorts by %s with what has no value last', async (sort, first) => {
    const sorted = await list({}, sort);
    expect(sorted[0]).toBe(first);
    expect(sorted.slice(-3).sort()).toEqual([
      'prod/churn',
      'prod/zoo',
      'staging/orders',
    ]);
  });

  it('refuses the cursor of another question', async () => {
    const { nextCursor } = await stores.dags.list({
      scope: both,
      filter: {},
      page: { limit: 1 },
    });
    await expect(
      stores.dags.list({
        scope: both,
        filter: { paused: false },
        page: { limit: 1, cursor: nextCursor ?? undefined },
      }),
    ).rejects.toThrow('cursor belongs to another sort or filter');
    await expect(
      stores.dags.list({
        scope: both,
        filter: {},
        page: { limit: 1, cursor: 'nonsense' },
      }),
    ).rejects.toThrow('cursor is not one that this list gave');
  });

  it('counts by facet, each with the other filters kept', async () => {
    const facets = await stores.dags.facets({
      scope: both,
      filter: { cluster: ['prod'], tag: ['team:shop'] },
    });
    expect(facets.cluster).toEqual([
      { value: 'prod', count: 1 },
      { value: 'staging', count: 1 },
    ]);
    expect(facets.tag).toEqual([
      { value: 'critical', count: 1 },
      { value: 'team:finance', count: 1 },
      { value: 'team:shop', count: 1 },
    ]);
    expect(facets.lastRunState).toEqual([{ value: 'running', count: 1 }]);
  });

  it('gives each row its last fourteen runs and their success rate', async () => {
    const { items } = await stores.dags.list({
      scope: both,
      filter: { text: 'billing' },
      page: { limit: 1 },
    });
    expect(items[0]).toMatchObject({
      lastRun: { state: 'failed', runAfter: '2026-11-20T20:00:00.000Z' },
      successRate: 13 / 14,
    });
    expect(items[0].recentRuns).toHaveLength(14);
    expect(items[0].recentRuns[0].runAfter).toBe('2026-11-20T07:00:00.000Z');
  });

  it.each([
    ['sort_name', 'airflow_dags_name'],
    ['last_run_at', 'airflow_dags_last_run'],
    ['last_run_state', 'airflow_dags_state'],
    ['next_run_at', 'airflow_dags_next_run'],
    ['sort_schedule', 'airflow_dags_sched'],
    ['owner_ref', 'airflow_dags_owner_ref'],
    ['paused', 'airflow_dags_paused'],
    ['success_rate', 'airflow_dags_rate'],
  ])('sorts by %s from an index', async (column, index) => {
    const plan = await explain(
      `select * from airflow_dags where ${column} is not null
       order by ${column}, cluster, dag_id limit 50`,
    );
    expect(plan).toContain(index);
  });
});

describe.each(databases.eachSupportedId())('what readings change on %s', id => {
  let stores: Stores;

  beforeEach(async () => {
    stores = (await freshStores(databases, id)).stores;
  });

  describe('whether Airflow still has a DAG', () => {
    const at = (time: string) => new Date(`2026-11-24T${time}:00.000Z`);
    const presenceAt = (time: string, state: DagPresence) =>
      new Map([
        ['b', { state, since: at(time).toISOString(), reason: 'so it is' }],
      ]);
    const keep = (time: string, state: DagPresence) =>
      stores.dags.savePresences('prod', presenceAt(time, state), at(time));

    beforeEach(() =>
      stores.dags.save(
        'prod',
        ['a', 'b'].map(dagId =>
          aDag(dagId, { nextRunAt: at('05:00').toISOString() }),
        ),
        at('03:00'),
      ),
    );

    it.each<[DagPresence, string | null, string | null]>([
      ['broken', null, null],
      ['unparsed', at('05:00').toISOString(), null],
      ['doubted', at('05:00').toISOString(), null],
      ['vanished', null, at('03:02').toISOString()],
      ['deleted', null, at('03:02').toISOString()],
    ])(
      'is kept, and what follows of it: %s',
      async (state, nextRunAt, goneAt) => {
        await keep('03:02', state);
        expect(await stores.dags.get('prod', 'b')).toMatchObject({
          presence: {
            state,
            since: at('03:02').toISOString(),
            reason: 'so it is',
          },
          nextRunAt,
          goneAt,
        });
        expect(await stores.dags.get('prod', 'a')).toMatchObject({
          presence: { state: 'listed', since: null, reason: null },
        });
        const listed = await stores.dags.list({
          scope: aScope('prod'),
          filter: { presence: [state] },
          page: { limit: 10 },
        });
        expect(listed.items.map(({ dagId }) => dagId)).toEqual(['b']);
        const all = await stores.dags.list({
          scope: aScope('prod'),
          filter: {},
          page: { limit: 10 },
        });
        expect(all.total).toBe(goneAt ? 1 : 2);
      },
    );

    it('is not changed by its being read, nor by an older reading', async () => {
      await keep('03:04', 'deleted');
      await stores.dags.save('prod', [aDag('b')], at('03:06'));
      await keep('03:03', 'listed');
      const stored = await stores.dags.presences('prod');
      expect(stored.get('b')?.presence.state).toBe('deleted');
      await keep('03:06', 'listed');
      expect(await stores.dags.get('prod', 'b')).toMatchObject({
        presence: { state: 'listed' },
        goneAt: null,
      });
    });

    it.each<[DagPresence, { dagId: string } | 'doubted', DagPresence]>([
      ['doubted', 'doubted', 'deleted'],
      ['vanished', 'doubted', 'vanished'],
      ['vanished', { dagId: 'b' }, 'deleted'],
      ['vanished', { dagId: 'a' }, 'vanished'],
      ['listed', { dagId: 'b' }, 'listed'],
    ])('that was %s is settled by a person for %j: %s', async (...row) => {
      const [before, which, after] = row;
      await keep('03:02', before);
      await stores.alerts.transaction(trx =>
        stores.dags.settleGone(trx, 'prod', which, {
          by: 'user:default/ada',
          reason: 'we moved',
          at: at('03:10'),
        }),
      );
      const stored = await stores.dags.presences('prod');
      expect(stored.get('b')?.presence.state).toBe(after);
      expect(stored.get('a')?.presence.state).toBe('listed');
    });
  });

  it('never puts an older reading over a newer one', async () => {
    const newer = new Date('2026-11-24T03:02:00.000Z');
    const older = new Date('2026-11-24T03:00:00.000Z');
    await stores.dags.save('prod', [aDag('a', { paused: true })], newer);
    await stores.dags.save('prod', [aDag('a', { paused: false })], older);
    expect(await stores.dags.get('prod', 'a')).toMatchObject({ paused: true });
  });

  describe('what Airflow promises', () => {
    const at = (time: string) => new Date(`2026-11-24T${time}:00.000Z`);
    const read = (
      time: string,
      next: string | null,
      more: Partial<AirflowDag> = {},
    ) =>
      stores.dags.save(
        'prod',
        [aDag('a', { nextRunAt: next && at(next).toISOString(), ...more })],
        at(time),
      );
    const promised = async () => {
      const window = { from: at('00:00'), to: at('23:00') };
      const found = await stores.promisedRuns.due('prod', window);
      return found.map(({ runAfter }) => runAfter.slice(11, 16));
    };

    it('is kept once its time has come, whatever is announced then', async () => {
      await read('03:00', '04:00');
      await read('03:02', '04:00');
      await read('04:01', '05:00');
      expect(await promised()).toEqual(['04:00', '05:00']);
    });

    it('is withdrawn by a pause even when it is due, for nobody knows when that began', async () => {
      await read('03:00', '04:00');
      await read('04:01', '05:00', { paused: true });
      expect(await promised()).toEqual([]);
    });

    it('is withdrawn when another schedule announces something else, though it is due', async () => {
      const schedule = (expression: string) => ({
        schedule: { kind: 'cron' as const, expression, description: null },
      });
      await read('03:00', '04:00', schedule('0 * * * *'));
      await read('04:01', '09:00', schedule('0 9 * * *'));
      expect(await promised()).toEqual(['09:00']);
    });

    it('is withdrawn when nothing, or something before it is announced', async () => {
      await read('03:00', '04:00');
      await read('04:01', null);
      expect(await promised()).toEqual([]);
      await read('04:02', '04:00');
      await read('04:03', '03:30');
      expect(await promised()).toEqual(['03:30']);
    });

    it('is one and the same as long as it is for the same logical date', async () => {
      const nextRun = { logicalDate: at('02:00').toISOString(), dueAt: null };
      await read('03:00', '03:00', { nextRun });
      await read('03:02', '03:02', { nextRun });
      expect(await promised()).toEqual(['03:02']);
    });

    it.each<[string, string | null, { paused?: boolean }, string[]]>([
      ['another time', '04:30', {}, ['04:30']],
      ['no time any more', null, {}, []],
      ['the same time, but is paused', '04:00', { paused: true }, []],
    ])(
      'is withdrawn when before its time the DAG announces %s',
      async (_what, next, more, expected) => {
        await read('03:00', '04:00');
        await read('03:30', next, more);
        expect(await promised()).toEqual(expected);
      },
    );

    it('is withdrawn when the DAG is gone before its time, and not after', async () => {
      await read('03:00', '04:00');
      await read('04:10', '05:00');
      await stores.dags.savePresences(
        'prod',
        vanished(at('04:20').toISOString(), 'a'),
        at('04:20'),
      );
      expect(await promised()).toEqual(['04:00']);
    });

    it('heeds the newest reading, in whichever order they arrive', async () => {
      await read('03:30', '04:30');
      await read('03:00', '04:00');
      expect(await promised()).toEqual(['04:30']);
    });
  });

  it('takes thousands of DAGs with ids of every kind at once', async () => {
    const ids = Array.from({ length: 2_500 }, (_, i) => `dag.${i}/ü 'x"%_`);
    await stores.dags.save(
      'prod',
      ids.map(dagId => aDag(dagId, { tags: ['a', 'b'] })),
      readAt,
    );
    const { total } = await stores.dags.list({
      scope: aScope('prod'),
      filter: { tag: ['a', 'b'], tagMatch: 'all' },
      page: { limit: 1 },
    });
    expect(total).toBe(2_500);
    expect(await stores.dags.get('prod', ids[7])).toMatchObject({
      dagId: ids[7],
    });
  });
});
