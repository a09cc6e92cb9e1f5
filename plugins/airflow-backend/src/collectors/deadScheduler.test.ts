import type {
  Alert,
  Cluster,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { generatedFleet, startSandbox } from 'airflow-sandbox';
import { stopClock } from '../__testUtils__/clock';
import { startPortal, type Portal } from '../__testUtils__/portal';

const AHEAD_MS = 5 * 60_000;

describe('a scheduler that was killed while its clock was ahead', () => {
  let portal: Portal;
  let name: string;
  let skewMs = AHEAD_MS;

  beforeAll(async () => {
    stopClock();
    const fleet = generatedFleet({ clusters: 1, dagsPerCluster: 2 });
    [{ name }] = fleet.clusters;
    const sandbox = await startSandbox({
      fleet,
      port: 0,
      now: () => Date.now() + skewMs,
    });
    portal = await startPortal({
      over: {
        sandbox,
        airflow: {
          clusters: [
            {
              name,
              baseUrl: `${sandbox.url}/${name}`,
              auth: { type: 'basic', username: 'admin', password: 'admin' },
            },
          ],
          alerts: { rules: [{ name: 'dead', type: 'component-unhealthy' }] },
        },
      },
    });
  });
  afterAll(async () => {
    jest.useRealTimers();
    await portal.stop();
  });

  async function kill(scheduler: string | null): Promise<void> {
    await fetch(`${portal.sandbox.url}/_sandbox/clusters/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ health: { scheduler } }),
    });
  }

  /** What is shown of the scheduler and told of it, so many seconds later. */
  async function after(seconds: number) {
    jest.setSystemTime(Date.now() + seconds * 1_000);
    const { body }: { body: Cluster } = await portal.refresh(name).expect(200);
    const found = await portal
      .get('/alerts?status=pending&status=firing&status=resolved')
      .expect(200);
    const [alert]: (Alert | undefined)[] = found.body.items;
    const shown = body.components.find(one => one.name === 'scheduler');
    return {
      shown: shown?.status,
      cluster: body.status,
      alert: alert?.status,
    };
  }

  it('is not called healthy when its clock is set back, which ends no alert of it', async () => {
    await after(0);
    await kill(new Date(Date.now() + skewMs).toISOString());
    expect(await after(40)).toMatchObject({ alert: 'pending' });
    const told = { cluster: 'degraded', alert: 'firing' };
    expect(await after(60)).toMatchObject({ shown: 'unhealthy', ...told });
    skewMs = 0;
    expect(await after(10)).toMatchObject({ shown: 'unknown', ...told });
    // Its time has come once more, and Airflow has not yet seen that it is dead.
    expect(await after(AHEAD_MS / 1_000 - 100)).toMatchObject({
      shown: 'unknown',
      ...told,
    });
    await kill(null);
    expect(await after(30)).toMatchObject({
      shown: 'healthy',
      cluster: 'healthy',
      alert: 'resolved',
    });
  });
});
