import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { startPortal, type Portal } from '../__testUtils__/portal';

const cluster = 'prod-us';
const daysAgo = (days: number) =>
  new Date(Date.now() - days * 24 * 60 * 60_000).toISOString();

describe('backfills through the API', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal();
    await portal.refresh(cluster).expect(200);
  });
  afterAll(() => portal.stop());

  const backfillsOf = (dagId: string) =>
    `/clusters/${cluster}/dags/${dagId}/backfills`;
  const runsOf = async (query: string) => {
    const { body } = await portal
      .get(`/runs?cluster=${cluster}&${query}`)
      .expect(200);
    return airflowEndpoints.listRuns.response.parse(body).items;
  };

  it('makes a backfill whose runs every list shows, and cancels it', async () => {
    const path = backfillsOf('sync_crm');
    const asked = {
      from: daysAgo(2),
      to: daysAgo(1),
      reprocess: 'completed',
    };
    const start = async (dryRun: boolean) => {
      const { body } = await portal
        .post(path, { ...asked, dryRun, reason: 'late data' })
        .expect(200);
      return airflowEndpoints.createBackfill.response.parse(body);
    };
    const told = await start(true);
    expect(told.backfill).toBeNull();
    expect(told.dates.length).toBeGreaterThan(1);
    const made = await start(false);
    expect(made.dates).toEqual(told.dates);
    const going = await runsOf('dagId=sync_crm&state=queued&state=running');
    expect(going.length).toBeGreaterThan(0);
    const id = made.backfill?.id ?? NaN;
    const { body } = await portal
      .patch(`${path}/${id}`, { change: 'cancel' })
      .expect(200);
    expect(body.completedAt).not.toBeNull();
    const list = await portal.get(path).expect(200);
    expect(list.body.items).toMatchObject([
      { id, completedAt: body.completedAt },
    ]);
    const again = await portal.patch(`${path}/${id}`, {
      change: 'cancel',
    });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ code: 'airflow-conflict' });
    const audited = portal
      .audited()
      .filter(({ eventId }) => eventId === 'backfill-create')
      .filter(({ status }) => status === 'succeeded');
    expect(audited).toMatchObject([
      {
        meta: { backfillId: id, runs: told.dates.length, reason: 'late data' },
      },
    ]);
    await portal
      .patch(`${backfillsOf('risk_scores')}/${id}`, { change: 'pause' })
      .expect(404);
  });

  it('gives the runs of a backfill their configuration', async () => {
    // It has been paused for days, so that it has dates without a run.
    await portal
      .post(backfillsOf('old_export'), {
        from: daysAgo(3),
        to: daysAgo(1),
        conf: { rows: 5 },
        dryRun: false,
      })
      .expect(200);
    const [{ type, runId }] = await runsOf('dagId=old_export&limit=1');
    expect(type).toBe('backfill');
    const run = `/clusters/${cluster}/dags/old_export/runs/${encodeURIComponent(
      runId,
    )}`;
    const { body } = await portal.get(run).expect(200);
    expect(body.conf).toBe('{"rows":5}');
  });

  it('refuses a backfill that ends before it begins', async () => {
    const { body } = await portal
      .post(backfillsOf('sync_crm'), {
        from: '2026-11-02T00:00:00Z',
        to: '2026-11-01T00:00:00Z',
        dryRun: true,
      })
      .expect(400);
    expect(body).toMatchObject({ code: 'invalid-request', field: 'to' });
  });
});
