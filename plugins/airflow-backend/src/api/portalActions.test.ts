import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { startPortal, type Portal } from '../__testUtils__/portal';

const { getDag, getRun, listActivity, listRuns } = airflowEndpoints;

describe('what people did through the portal', () => {
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

  const pausedDag = async (cluster: string, index = 0) => {
    const { body } = await portal.get(
      `/dags?cluster=${cluster}&paused=false&limit=5`,
    );
    const { dagId } = body.items[index];
    const path = `/clusters/${cluster}/dags/${encodeURIComponent(dagId)}`;
    await portal.patch(path, { paused: true }).expect(200);
    return { dagId, path };
  };
  const runAt = async (path: string) =>
    getRun.response.parse((await portal.get(path).expect(200)).body);
  const activityOf = async (cluster: string, dagId: string) => {
    const { body } = await portal
      .get(`/clusters/${cluster}/activity?dagId=${encodeURIComponent(dagId)}`)
      .expect(200);
    return listActivity.response.parse(body).items;
  };

  it.each(['prod-eu', 'prod-us'])(
    'is told with person and reason beside what %s tells, once',
    async cluster => {
      const { dagId, path } = await pausedDag(cluster);
      const { body } = await portal
        .post(`${path}/runs`, { reason: 'late data' })
        .expect(200);
      const run = await runAt(`${path}/runs/${encodeURIComponent(body.runId)}`);
      expect(run.actions).toMatchObject([
        {
          event: 'dag-trigger',
          who: 'user:default/mock',
          reason: 'late data',
          error: null,
        },
      ]);
      expect(run.waits).toContainEqual({ kind: 'paused' });
      const { body: list } = await portal
        .get(
          `/runs?cluster=${cluster}&dagId=${encodeURIComponent(
            dagId,
          )}&type=manual`,
        )
        .expect(200);
      const [listed] = listRuns.response.parse(list).items;
      expect(listed).toMatchObject({
        runId: body.runId,
        startedBy: 'user:default/mock',
      });
      const dag = getDag.response.parse((await portal.get(path)).body);
      expect(dag.actions.map(({ event }) => event)).toEqual([
        'dag-trigger',
        'dag-pause',
      ]);
      const told = (await activityOf(cluster, dagId)).filter(
        ({ portal: action }) => action !== null,
      );
      expect(told).toMatchObject([
        { who: 'admin', portal: { event: 'dag-trigger', reason: 'late data' } },
        { who: 'admin', portal: { event: 'dag-pause' } },
      ]);
    },
  );

  it('takes the DAG into service too where it is asked to, by the right to', async () => {
    const { path } = await pausedDag('prod-eu', 1);
    denied = 'airflow.dag.pause';
    await portal.post(`${path}/runs`, { unpause: true }).expect(403);
    denied = '';
    await portal
      .post(`${path}/runs`, { unpause: true, reason: 'now' })
      .expect(200);
    const dag = getDag.response.parse((await portal.get(path)).body);
    expect(dag.paused).toBe(false);
    expect(dag.actions).toMatchObject([
      { event: 'dag-trigger', reason: 'now', error: null },
      { event: 'dag-unpause', reason: 'now', error: null },
      { event: 'dag-unpause', error: expect.stringContaining('permission') },
      { event: 'dag-pause' },
    ]);
  });
});
