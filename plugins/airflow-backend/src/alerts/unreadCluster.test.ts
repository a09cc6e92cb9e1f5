import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { generatedFleet, startSandbox } from 'airflow-sandbox';
import { stopClock } from '../__testUtils__/clock';
import { startPortal, type Portal } from '../__testUtils__/portal';

describe('an Airflow 2 whose password was changed', () => {
  let portal: Portal;

  beforeAll(async () => {
    stopClock();
    const fleet = generatedFleet({ clusters: 1, dagsPerCluster: 2 });
    const sandbox = await startSandbox({ fleet, port: 0 });
    const [{ name }] = fleet.clusters;
    portal = await startPortal({
      over: {
        sandbox,
        airflow: {
          clusters: [
            {
              name: 'rotated',
              baseUrl: `${sandbox.url}/${name}`,
              auth: { type: 'basic', username: 'admin', password: 'of old' },
            },
          ],
          alerts: {
            rules: [
              { name: 'unreachable', type: 'cluster-unreachable', for: '0s' },
              {
                name: 'unread',
                type: 'readings-failing',
                longerThan: '10m',
              },
            ],
          },
        },
      },
    });
  });
  afterAll(async () => {
    jest.useRealTimers();
    await portal.stop();
  });

  const alerts = async (): Promise<Alert[]> => {
    const { body } = await portal.get('/alerts').expect(200);
    return body.items;
  };

  it('is told once, with what cannot be read and why, though its health can', async () => {
    await portal.refresh('rotated').expect(200);
    expect(await alerts()).toEqual([]);
    jest.setSystemTime(Date.now() + 11 * 60_000);
    await portal.refresh('rotated').expect(200);
    expect(await alerts()).toEqual([
      expect.objectContaining({
        ruleType: 'readings-failing',
        status: 'firing',
        title: 'The DAGs and runs of rotated cannot be read',
        observed: expect.stringContaining(
          "Cluster rotated refused the portal's credentials",
        ),
      }),
    ]);
  });

  it('is told under its cause once the cluster cannot be read at all', async () => {
    portal.sandbox.addFault({ kind: 'status', status: 503 });
    await portal.refresh('rotated').expect(200);
    const found = await alerts();
    const of = (ruleType: Alert['ruleType']) =>
      found.find(alert => alert.ruleType === ruleType);
    expect(found).toHaveLength(2);
    expect(of('readings-failing')?.inhibitedBy).toBe(
      of('cluster-unreachable')?.id,
    );
  });
});
