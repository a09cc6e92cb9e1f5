import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { startPortal, type Portal } from '../__testUtils__/portal';

const { listActivity, listPackages, listPools } = airflowEndpoints;

let portal: Portal;
let denied = '';

beforeAll(async () => {
  portal = await startPortal({ denies: ({ name }) => name === denied });
  for (const name of ['prod-eu', 'prod-us']) {
    await portal.refresh(name, ['inventory']).expect(200);
  }
});
afterAll(() => portal.stop());
afterEach(() => {
  denied = '';
});

const asked = async (path: string) => (await portal.get(path).expect(200)).body;
const activityOf = async (cluster: string, query = '') =>
  listActivity.response.parse(
    await asked(`/clusters/${cluster}/activity?${query}`),
  );

describe.each(['prod-eu', 'prod-us'])('the Airflow of %s', cluster => {
  it('shows its pools', async () => {
    const { items } = listPools.response.parse(
      await asked(`/clusters/${cluster}/pools`),
    );
    expect(items.map(({ name }) => name)).toContain('default_pool');
    const full = items.filter(
      ({ slots, running, queued }) => running + queued > (slots ?? Infinity),
    );
    expect(full).toEqual([]);
  });

  it('shows what is installed', async () => {
    const { providers, plugins } = listPackages.response.parse(
      await asked(`/clusters/${cluster}/packages`),
    );
    expect(providers.length).toBeGreaterThan(2);
    expect(plugins).toEqual([]);
  });

  it('shows what was done in it within seconds, and by whom', async () => {
    const { body } = await portal.get(`/dags?cluster=${cluster}&paused=false`);
    const [{ dagId }] = body.items;
    const path = `/clusters/${cluster}/dags/${dagId}`;
    const before = await activityOf(cluster, `dagId=${dagId}&event=patch_dag`);
    await portal.patch(path, { paused: true }).expect(200);
    await portal.patch(path, { paused: false }).expect(200);
    const { items } = await activityOf(cluster, `dagId=${dagId}`);
    expect(items[0]).toMatchObject({ dagId, who: 'admin' });
    expect(items.length).toBeGreaterThanOrEqual(before.items.length + 2);
  });

  it('pages through it without losing or repeating a line', async () => {
    const { body } = await portal.get(`/dags?cluster=${cluster}&paused=false`);
    const path = `/clusters/${cluster}/dags/${body.items[0].dagId}`;
    for (let i = 0; i < 20; i += 1) {
      await portal.patch(path, { paused: true }).expect(200);
      await portal.patch(path, { paused: false }).expect(200);
    }
    const first = await activityOf(cluster);
    // What is done meanwhile shifts no page.
    await portal.patch(path, { paused: false }).expect(200);
    const second = await activityOf(
      cluster,
      `cursor=${encodeURIComponent(first.nextCursor ?? '')}`,
    );
    const ids = [...first.items, ...second.items].map(({ id }) => Number(id));
    expect(first.items).toHaveLength(50);
    expect(ids).toEqual(ids.map((_, i) => ids[0] - i));
    expect(second.nextCursor).toBeNull();
  });
});

it('shows activity only to those who may see it', async () => {
  denied = 'airflow.cluster.activity.read';
  const { body } = await portal.get('/clusters/prod-eu/activity').expect(403);
  expect(body.code).toBe('not-allowed');
  denied = 'airflow.dag.read';
  const { items, partial } = await activityOf('prod-eu');
  expect(items.filter(({ dagId }) => dagId !== null)).toEqual([]);
  expect(partial).toBe(true);
});

it('refuses a cursor that no page gave', async () => {
  const { body } = await portal
    .get('/clusters/prod-eu/activity?cursor=elsewhere')
    .expect(400);
  expect(body).toMatchObject({ code: 'invalid-request', field: 'cursor' });
});
