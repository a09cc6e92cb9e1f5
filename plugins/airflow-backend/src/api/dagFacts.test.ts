import type { Dag } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { DateTime } from 'luxon';
import { startPortal, type Portal } from '../__testUtils__/portal';

const {
  getCalendar,
  getRunStatistics,
  getTaskStatistics,
  listAssetEvents,
  listDagAssets,
  listDagVersions,
  getDagSource,
} = airflowEndpoints;

const clusters = [
  { cluster: 'prod-eu', dagId: 'load_orders', waiter: 'orders_mart' },
  { cluster: 'prod-us', dagId: 'sync_crm', waiter: 'crm_accounts_mart' },
];

let portal: Portal;
let denied = '';

beforeAll(async () => {
  portal = await startPortal({ denies: ({ name }) => name === denied });
  for (const { cluster } of clusters) await portal.refresh(cluster).expect(200);
});
afterAll(() => portal.stop());
afterEach(() => {
  denied = '';
});

const pathOf = ({ cluster, dagId }: Pick<Dag, 'cluster' | 'dagId'>) =>
  `/clusters/${cluster}/dags/${dagId}`;
const asked = async (path: string) => (await portal.get(path).expect(200)).body;
/** How many requests Airflow got while something was asked of the portal. */
async function requestsOf(act: () => Promise<unknown>): Promise<number> {
  const before = portal.sandbox.requests().total;
  await act();
  return portal.sandbox.requests().total - before;
}

describe.each(clusters)('a DAG of $cluster', ({ cluster, dagId, waiter }) => {
  const dag = { cluster, dagId };
  const isThird = cluster === 'prod-us';

  it('shows its code and versions, asked of Airflow once', async () => {
    const source = getDagSource.response.parse(
      await asked(`${pathOf(dag)}/source`),
    );
    expect(source.code).toContain(`dag_id="${dagId}"`);
    const { items } = listDagVersions.response.parse(
      await asked(`${pathOf(dag)}/versions`),
    );
    expect(items.map(({ number }) => number)).toEqual(isThird ? [2, 1] : []);
    expect(source.version).toBe(items.at(0)?.number ?? null);
    const again = () => asked(`${pathOf(dag)}/source`);
    expect(await requestsOf(again)).toBe(0);
  });

  it('has its code guarded by a permission of its own', async () => {
    denied = 'airflow.dag.code.read';
    const { body } = await portal.get(`${pathOf(dag)}/source`).expect(403);
    expect(body).toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('airflow.dag.code.read'),
    });
    await portal.get(`${pathOf(dag)}/versions`).expect(200);
  });

  it('shows what it writes, and who waits for it', async () => {
    const { items } = listDagAssets.response.parse(
      await asked(`${pathOf(dag)}/assets`),
    );
    expect(items).toHaveLength(1);
    const [{ id, producers, consumers }] = items;
    expect(producers.map(task => task.dagId)).toEqual([dagId]);
    expect(consumers).toEqual([waiter]);
    const events = listAssetEvents.response.parse(
      await asked(`${pathOf(dag)}/assets/${id}/events`),
    );
    expect(events.items[0].source).toMatchObject({ dagId });
    const { body } = await portal
      .get(`${pathOf(dag)}/assets/99999/events`)
      .expect(404);
    expect(body).toMatchObject({ code: 'not-found', field: 'assetId' });
  });

  it('tells how its runs went, alike over spans that hold the same runs', async () => {
    const { items, storedSince } = getRunStatistics.response.parse(
      await asked(`${pathOf(dag)}/statistics`),
    );
    expect(items.map(({ days }) => days)).toEqual([1, 7, 30, 90]);
    const [one, seven, thirty] = items;
    expect(seven.runs).toBeGreaterThan(one.runs);
    expect(thirty.runs).toBeGreaterThanOrEqual(seven.runs);
    expect(seven.success + seven.failed).toBeLessThanOrEqual(seven.runs);
    expect(seven.p95Ms).toBeGreaterThanOrEqual(seven.medianMs ?? NaN);
    const { body } = await portal
      .get(`/runs?cluster=${cluster}&dagId=${dagId}&sort=runAfter&limit=1`)
      .expect(200);
    expect(storedSince).toBe(body.items[0].dueAt);
    // Airflow 2 does not tell when a run was queued.
    expect(seven.queuedMs === null).toBe(!isThird);
  });

  it('tells how its tasks went, in whole pages and once for all who ask', async () => {
    const path = `${pathOf(dag)}/task-statistics?days=7`;
    const read = async () =>
      getTaskStatistics.response.parse(await asked(path));
    const told = await read();
    expect(told.items.length).toBeGreaterThan(2);
    expect(told.runs).toBeGreaterThan(20);
    expect(told.runs).toBeLessThanOrEqual(told.runsThere);
    const tasks = told.items.map(({ instances }) => instances);
    expect(Math.max(...tasks)).toBeGreaterThanOrEqual(told.runs);
    expect(await requestsOf(read)).toBe(0);
  });

  it('counts every stored run on one day of its calendar, in the zone asked for', async () => {
    const today = DateTime.utc();
    const span = `from=${today.minus({ days: 60 }).toISODate()}&to=${today
      .plus({ days: 2 })
      .toISODate()}`;
    const { items, storedSince } = getCalendar.response.parse(
      await asked(`${pathOf(dag)}/calendar?${span}&zone=Asia/Tokyo`),
    );
    const counted = items.reduce(
      (sum, cell) => sum + cell.success + cell.failed + cell.unfinished,
      0,
    );
    const { body } = await portal
      .get(`/runs?cluster=${cluster}&dagId=${dagId}&limit=1`)
      .expect(200);
    expect(counted).toBe(body.total);
    expect(storedSince).not.toBeNull();
    const hours = items.map(({ startsAt }) => startsAt.slice(11, 16));
    expect(new Set(hours)).toEqual(new Set(['15:00']));
  });
});

it('shows the code of an earlier version where Airflow keeps versions', async () => {
  const [, dag] = clusters;
  const path = `${pathOf(dag)}/source`;
  const earlier = getDagSource.response.parse(await asked(`${path}?version=1`));
  expect(earlier.version).toBe(1);
  const newest = getDagSource.response.parse(await asked(path));
  expect(newest.code).not.toBe(earlier.code);
  const { body } = await portal.get(`${path}?version=9`).expect(404);
  expect(body).toMatchObject({ code: 'not-found', field: 'version' });
});

it.each([
  ['zone', 'zone=Mars/Base'],
  ['to', 'to=2030-01-01'],
])('refuses a calendar with a wrong %s', async (field, wrong) => {
  const span = new URLSearchParams('from=2026-11-01&to=2026-11-02');
  for (const [name, value] of new URLSearchParams(wrong)) span.set(name, value);
  const { body } = await portal
    .get(`${pathOf(clusters[0])}/calendar?${span}`)
    .expect(400);
  expect(body).toMatchObject({ code: 'invalid-request', field });
});

it.each([
  'source',
  'versions',
  'statistics',
  'task-statistics',
  'calendar?from=2026-11-01&to=2026-11-02',
])('says that there is no such DAG to tell the %s of', async what => {
  const none = { cluster: 'prod-us', dagId: 'none' };
  const { body } = await portal.get(`${pathOf(none)}/${what}`).expect(404);
  expect(body).toMatchObject({ code: 'not-found', field: 'dagId' });
});
