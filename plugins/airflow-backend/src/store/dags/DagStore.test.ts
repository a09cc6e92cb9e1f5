import {
  dagSortColumns,
  type DagSort,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Stores } from '..';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { aDag, aRun, aScope } from '../../__testUtils__/rows';
import type { DagFilter } from '../kit/types';

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
