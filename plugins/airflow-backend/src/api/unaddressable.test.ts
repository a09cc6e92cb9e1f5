import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { startPortal, type Portal } from '../__testUtils__/portal';

const { listRuns, getRun } = airflowEndpoints;

/** As operators and the command line of Airflow name runs (T20), while no address of its API holds such a name. */
const runIds = [
  'media/2026/video.mp4',
  '/',
  'a/../b',
  'https://example.com/x?y=1',
  '~',
  '..',
  'größe/Œuvre 1%2F2',
];

describe.each([
  ['prod-eu', 'refund_sync'],
  ['prod-us', 'newsletter_optouts'],
])(
  'a run on %s that Airflow cannot be asked for by its id',
  (cluster, dagId) => {
    const path = `/clusters/${cluster}/dags/${dagId}`;
    const runPath = (runId: string) =>
      `${path}/runs/${encodeURIComponent(runId)}`;
    let portal: Portal;

    beforeAll(async () => {
      portal = await startPortal();
      await portal.refresh(cluster).expect(200);
    });
    afterAll(() => portal.stop());

    /** The last run, which Airflow's lists call by another id from now on. */
    const rename = async (dag_run_id: string) => {
      portal.sandbox.clearFaults();
      const { body } = await portal.post(`${path}/runs`, {}).expect(200);
      portal.sandbox.addFault({
        cluster,
        kind: 'oddRow',
        method: 'GET',
        path: '/dagRuns$',
        dagId,
        runId: body.runId,
        row: { dag_run_id },
      });
      await portal.refresh(cluster, ['runs']).expect(200);
    };

    it.each(runIds)(
      'is listed, and shown as the list has it: %s',
      async runId => {
        await rename(runId);
        const { body: listed } = await portal
          .get(`/runs?cluster=${cluster}&dagId=${dagId}&limit=250`)
          .expect(200);
        const all = listRuns.response.parse(listed).items;
        expect(all.map(run => run.runId)).toContain(runId);
        const { body } = await portal.get(runPath(runId)).expect(200);
        expect(getRun.response.parse(body)).toMatchObject({
          runId,
          type: 'manual',
          stale: false,
          gone: false,
        });
      },
    );

    it.each<['get' | 'post' | 'patch', string, object]>([
      ['get', '/tasks', {}],
      ['get', '/tasks/extract/tries', {}],
      ['get', '/tasks/extract/log?try=1', {}],
      ['get', '/tasks/extract/facts', {}],
      ['post', '/clear', { dryRun: true }],
      ['post', '/mark', { state: 'failed' }],
      ['post', '/delete', {}],
      ['patch', '/note', { note: 'x' }],
    ])(
      'is not called gone where it cannot be reached (%s %s)',
      async (method, what, sent) => {
        await rename(runIds[0]);
        const full = `${runPath(runIds[0])}${what}`;
        const { body } = await (method === 'get'
          ? portal.get(full)
          : portal[method](full, sent));
        expect(body).toMatchObject({
          code: 'unsupported',
          message: expect.stringContaining(`cannot address run ${runIds[0]}`),
          hint: expect.stringContaining('Open the run in Airflow'),
        });
      },
    );

    it('is called gone when the list of its moment no longer has it', async () => {
      await rename('media/2026/deleted.mp4');
      portal.sandbox.clearFaults();
      const { body } = await portal.get(runPath('media/2026/deleted.mp4'));
      expect(body).toMatchObject({ gone: true, stale: false });
    });

    it('is not called gone when that list cannot be read', async () => {
      await rename('media/2026/doubt.mp4');
      portal.sandbox.clearFaults();
      portal.sandbox.addFault({ cluster, kind: 'status', status: 500 });
      const { body } = await portal.get(runPath('media/2026/doubt.mp4'));
      expect(body).toMatchObject({ gone: false, stale: true });
      portal.sandbox.clearFaults();
    });
  },
);

it('says so where something on the way hides a run that is there', async () => {
  const portal = await startPortal();
  try {
    const cluster = 'prod-eu';
    await portal.refresh(cluster).expect(200);
    const { body } = await portal
      .get(`/runs?cluster=${cluster}&dagId=refund_sync&limit=1`)
      .expect(200);
    const [{ runId }] = listRuns.response.parse(body).items;
    portal.sandbox.addFault({
      cluster,
      kind: 'status',
      status: 404,
      path: '/dagRuns/[^/]+',
    });
    const run = `/clusters/${cluster}/dags/refund_sync/runs/${encodeURIComponent(
      runId,
    )}`;
    const shown = await portal.get(run).expect(200);
    expect(shown.body).toMatchObject({ runId, gone: false, stale: false });
    const { body: told } = await portal.post(`${run}/mark`, {
      state: 'failed',
    });
    expect(told).toMatchObject({ code: 'unsupported', field: 'runId' });
  } finally {
    await portal.stop();
  }
});
