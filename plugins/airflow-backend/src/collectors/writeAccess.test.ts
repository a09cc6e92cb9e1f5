import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import { generatedFleet, startSandbox } from 'airflow-sandbox';
import { startPortal, type Portal } from '../__testUtils__/portal';

const users = ['admin', 'viewer'] as const;

describe('whether the portal may change things', () => {
  let portal: Portal;

  beforeAll(async () => {
    const fleet = generatedFleet({ clusters: 2, dagsPerCluster: 2 });
    const sandbox = await startSandbox({ fleet, port: 0 });
    portal = await startPortal({
      over: {
        sandbox,
        airflow: {
          clusters: fleet.clusters.flatMap(({ name }, i) =>
            users.map(username => ({
              name: `airflow-${i + 2}-${username}`,
              baseUrl: `${sandbox.url}/${name}`,
              auth: {
                type: i === 0 ? 'basic' : 'airflow3',
                username,
                password: username,
              },
            })),
          ),
        },
      },
    });
  });
  afterAll(() => portal.stop());

  it.each([
    ['airflow-2-admin', true],
    ['airflow-2-viewer', false],
    ['airflow-3-admin', true],
    ['airflow-3-viewer', false],
  ])('%s: %s, asked once in ten minutes', async (name, mayWrite) => {
    await portal.refresh(name, ['health']).expect(200);
    const unasked: { body: Cluster } = await portal.get(`/clusters/${name}`);
    expect(unasked.body.mayWrite).toBeNull();
    await portal.refresh(name, ['inventory']).expect(200);
    portal.sandbox.resetRequests();
    const { body } = await portal.refresh(name, ['inventory']).expect(200);
    expect(body.mayWrite).toBe(mayWrite);
    const asked = JSON.stringify(portal.sandbox.requests());
    expect(asked).not.toMatch(/asks-whether|parseDagFile|dry_run/);
  });
});
