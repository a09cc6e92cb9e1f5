import { mockServices } from '@backstage/backend-test-utils';
import { builtInAuthStrategies } from '../airflow';
import { freshStores, testDatabases } from '../__testUtils__/databases';
import { ClusterRegistry } from '../clusters';
import { readAirflowConfig } from '../config';
import { CollectionScheduler } from './CollectionScheduler';

const databases = testDatabases();
const read = async () => ({ skippedRows: 0, complete: true, problem: null });

/** For how many minutes a backend that is killed keeps others from each reading, by reading. */
async function keptFor(timeout: string) {
  const { stores } = await freshStores(databases, 'SQLITE_3');
  const { clusters, intervalsMs } = readAirflowConfig(
    mockServices.rootConfig({
      data: {
        app: { baseUrl: 'https://portal.example.com' },
        airflow: {
          clusters: [
            {
              name: 'prod-eu',
              baseUrl: 'https://airflow.example.com',
              auth: { type: 'none' },
              limits: { timeout },
            },
          ],
        },
      },
    }),
  );
  const scheduler = mockServices.scheduler.mock();
  await new CollectionScheduler({
    registry: ClusterRegistry.create({
      clusters,
      authStrategies: builtInAuthStrategies,
    }),
    collectors: { health: read, inventory: read, runs: read },
    collections: stores.collections,
    scheduler,
    logger: mockServices.logger.mock(),
    intervalsMs,
    onRead: async () => {},
  }).start();
  return scheduler.scheduleTask.mock.calls.map(([{ id, timeout: kept }]) => [
    id,
    'milliseconds' in kept ? (kept.milliseconds ?? 0) / 60_000 : undefined,
  ]);
}

it.each([
  ['15s', 2],
  ['1m', 4],
])(
  'a reading is kept for a backend no longer than it may take, with answers within %s',
  async (timeout, health) => {
    expect(await keptFor(timeout)).toEqual([
      ['airflow-health-prod-eu', health],
      ['airflow-inventory-prod-eu', 10],
      ['airflow-runs-prod-eu', 5],
    ]);
  },
);
