import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { testDatabases } from './__testUtils__/databases';
import { startPortal, type Portal } from './__testUtils__/portal';

const databases = testDatabases();
const names = ['prod-eu', 'prod-us', 'staging-eu', 'research'];

const { listDags, listClusters, getRun, listRuns, listTaskInstances } =
  airflowEndpoints;

describe.each(databases.eachSupportedId())('the backend plugin on %s', id => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal({
      db: await databases.init(id),
      config: { history: { days: 2 } },
    });
    for (const name of names) await portal.refresh(name).expect(200);
  });
  afterAll(() => portal.stop());

  const dagsOf = async (query: string) => {
    const { body } = await portal.get(`/dags?${query}`).expect(200);
    return listDags.response.parse(body);
  };
  const aRun = async (cluster: string, state: string) => {
    const { body } = await portal
      .get(`/runs?cluster=${cluster}&state=${state}&limit=1`)
      .expect(200);
    const [run] = listRuns.response.parse(body).items;
    const place = `/clusters/${cluster}/dags/${encodeURIComponent(run.dagId)}`;
    return {
      ...run,
      dagPath: place,
      path: `${place}/runs/${encodeURIComponent(run.runId)}`,
    };
  };

  it('shows each cluster as it is, also the one that cannot be reached', async () => {
    // What was read first may be old by now, where all of it took long.
    for (const name of names) {
      await portal.refresh(name, ['health']).expect(200);
    }
    const { body } = await portal.get('/clusters').expect(200);
    const clusters = listClusters.response.parse(body).items;
    expect(
      clusters.map(({ name, airflowVersion, apiVersion, status }) => ({
        name,
        airflowVersion,
        apiVersion,
        status,
      })),
    ).toEqual([
      {
        name: 'prod-eu',
        airflowVersion: '2.11.2',
        apiVersion: 'v1',
        status: expect.stringMatching(/healthy|degraded/),
      },
      {
        name: 'prod-us',
        airflowVersion: '3.3.2',
        apiVersion: 'v2',
        status: expect.stringMatching(/healthy|degraded/),
      },
      {
        name: 'staging-eu',
        airflowVersion: '3.1.8',
        apiVersion: 'v2',
        status: expect.stringMatching(/healthy|degraded/),
      },
      {
        name: 'research',
        airflowVersion: null,
        apiVersion: null,
        status: 'unreachable',
      },
    ]);
    expect(clusters[3].counts).toBeNull();
    expect(clusters[3].problem).toMatchObject({
      code: 'unreachable',
      cluster: 'research',
    });
  });

  it('lists DAGs of the whole fleet, and says which cluster it could not read', async () => {
    const page = await dagsOf('limit=250&sort=-lastRunAt');
    expect(new Set(page.items.map(({ cluster }) => cluster))).toEqual(
      new Set(['prod-eu', 'prod-us', 'staging-eu']),
    );
    expect(page.coverage).toContainEqual({
      cluster: 'research',
      readAt: null,
      stale: true,
    });
    const withRuns = page.items.filter(({ recentRuns }) => recentRuns.length);
    expect(withRuns.length).toBeGreaterThan(30);
  });

  it('answers the filters of the DAG list over all clusters at once', async () => {
    const failed = await dagsOf('lastRunState=failed&limit=250');
    expect(failed.total).toBeGreaterThan(0);
    expect(new Set(failed.items.map(dag => dag.lastRun?.state))).toEqual(
      new Set(['failed']),
    );
    const { body: facets } = await portal.get('/dag-facets').expect(200);
    expect(facets.lastRunState).toContainEqual({
      value: 'failed',
      count: failed.total,
    });
  });

  it.each(['prod-eu', 'prod-us'])(
    'follows a failed run of %s down to the traceback in its log',
    async cluster => {
      const run = await aRun(cluster, 'failed');
      const { body } = await portal.get(run.path).expect(200);
      expect(getRun.response.parse(body)).toMatchObject({
        runId: run.runId,
        state: 'failed',
        stale: false,
      });
      const tasks = await portal.get(`${run.path}/tasks`).expect(200);
      const failed = listTaskInstances.response
        .parse(tasks.body)
        .items.find(({ state }) => state === 'failed');
      const log = await portal
        .get(
          `${run.path}/tasks/${encodeURIComponent(
            failed?.taskId ?? '',
          )}/log?try=${failed?.tryNumber}&mapIndex=${failed?.mapIndex}`,
        )
        .buffer(true)
        .parse((stream, done) => {
          let text = '';
          stream.on('data', chunk => {
            text += chunk;
          });
          stream.on('end', () => done(null, text));
        })
        .expect('content-type', /application\/x-ndjson/)
        .expect(200);
      const entries = String(log.body)
        .trim()
        .split('\n')
        .map(line =>
          airflowEndpoints.streamTaskLog.response.parse(JSON.parse(line)),
        );
      expect(entries).toContainEqual(
        expect.objectContaining({
          kind: 'line',
          level: 'error',
          text: expect.stringMatching(/Traceback|Error|Exception/),
        }),
      );
    },
  );

  it.each(['prod-eu', 'prod-us'])(
    'triggers on %s, shows the run at once, and writes it down',
    async cluster => {
      const { dagPath, dagId } = await aRun(cluster, 'success');
      const runId = `portal-test-${id}`;
      const exact =
        '{"big":9007199254740993,"id":12345678901234567890,"share":1.0,"none":-0.0}';
      await portal.post(`${dagPath}/runs`, { conf: exact, runId }).expect(200);
      const { body } = await portal
        .get(`/runs?cluster=${cluster}&text=${runId}`)
        .expect(200);
      expect(body.items).toMatchObject([{ cluster, dagId, runId }]);
      const run = await portal.get(`${dagPath}/runs/${runId}`).expect(200);
      expect(run.body.conf).toBe(exact);
      const asObject = await portal
        .post(`${dagPath}/runs`)
        .type('json')
        .send(`{"conf": ${exact}}`)
        .expect(200);
      const other = await portal.get(`${dagPath}/runs/${asObject.body.runId}`);
      expect(other.body.conf).toBe(exact);
      expect(portal.audited()).toContainEqual({
        eventId: 'dag-trigger',
        status: 'succeeded',
        meta: { cluster, dagId, hasConf: true },
      });
      await portal
        .post(`${dagPath}/runs`, { runId })
        .expect(409)
        .expect('content-type', /application\/problem\+json/);
    },
  );

  it.each(['prod-eu', 'prod-us'])(
    'pauses and unpauses on %s, seen in the list at once',
    async cluster => {
      const { items } = await dagsOf(`cluster=${cluster}&paused=false&limit=1`);
      const [{ dagId }] = items;
      const path = `/clusters/${cluster}/dags/${encodeURIComponent(dagId)}`;
      await portal
        .patch(path, { paused: true, reason: 'looking at it' })
        .expect(200);
      const paused = await portal.get(path).expect(200);
      expect(paused.body.paused).toBe(true);
      await portal.patch(path, { paused: false }).expect(200);
      const again = await portal.get(path).expect(200);
      expect(again.body.paused).toBe(false);
      expect(portal.audited()).toContainEqual({
        eventId: 'dag-pause',
        status: 'succeeded',
        meta: { cluster, dagId, reason: 'looking at it' },
      });
    },
  );

  it('counts task instances by state for many runs in one question', async () => {
    const { dagPath, dagId } = await aRun('prod-us', 'success');
    const { body } = await portal.get(dagPath).expect(200);
    const runIds: string[] = body.recentRuns.map(
      (run: { runId: string }) => run.runId,
    );
    const query = runIds.map(run => `runId=${encodeURIComponent(run)}`);
    portal.sandbox.resetRequests();
    const counts = await portal
      .get(`${dagPath}/task-counts?${query.join('&')}`)
      .expect(200);
    expect(counts.body.items.length).toBeGreaterThan(1);
    const asked = portal.sandbox
      .requests()
      .routes.filter(({ route }) => /taskInstances/.test(route));
    const total = asked.reduce((sum, { count }) => sum + count, 0);
    expect(total).toBeLessThan(runIds.length);
    expect(dagId).toBeTruthy();
  });

  it('asks Airflow once for all viewers of a run', async () => {
    const { path } = await aRun('prod-eu', 'success');
    portal.sandbox.resetRequests();
    const viewers = Array.from({ length: 20 }, () =>
      portal.get(`${path}/tasks`).expect(200),
    );
    await Promise.all(viewers);
    const tasks = portal.sandbox
      .requests()
      .routes.filter(({ route }) => /taskInstances/.test(route));
    expect(tasks).toMatchObject([{ count: 1 }]);
  });

  it('still shows a stored run when its cluster went away, and says so', async () => {
    const { path } = await aRun('staging-eu', 'success');
    portal.sandbox.setReachable('staging-eu', false);
    try {
      const { body } = await portal.get(path).expect(200);
      expect(body).toMatchObject({ stale: true, state: 'success' });
      const tasks = await portal.get(`${path}/tasks`).expect(502);
      expect(tasks.body).toMatchObject({
        code: 'unreachable',
        cluster: 'staging-eu',
      });
    } finally {
      portal.sandbox.setReachable('staging-eu', true);
    }
  });
});
