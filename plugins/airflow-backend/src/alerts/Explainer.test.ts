import { aReplica, registry } from '../__testUtils__/aReplica';
import { freshStores, testDatabases } from '../__testUtils__/databases';
import { FakeClient } from '../__testUtils__/FakeClient';
import { aTask } from '../__testUtils__/rows';
import { anAlert } from '../__testUtils__/toldAlerts';
import { taskLogs } from '../airflow/areas/taskLogs';
import { tasks } from '../airflow/areas/tasks';

const databases = testDatabases();

/** An Airflow whose tasks have failed, and whose logs have not come yet. */
const withoutLogs = new FakeClient('prod')
  .with(tasks, () => ({
    async *ofRun({ runId }) {
      yield { items: [aTask('load', { runId, state: 'failed' })], skipped: 0 };
    },
  }))
  .with(taskLogs, () => ({ async *read() {} }));

describe.each(databases.eachSupportedId())('Explainer on %s', id => {
  afterEach(() => jest.restoreAllMocks());

  /** An explainer of a database with so many alerts to look into, and what it says of those it has tried. */
  const aStorm = async (count: number) => {
    const { db, stores } = await freshStores(databases, id);
    const alerts = Array.from({ length: count }, (_, i) =>
      anAlert(`a${i}`, {
        runId: `run-${i}`,
        explanation: {
          state: 'looking',
          tries: 0,
          nextAt: '2026-11-24T02:00:00.000Z',
          because: null,
        },
      }),
    );
    await db.transaction(trx =>
      stores.alerts.apply(trx, { alerts, events: [] }),
    );
    const tried = async () => {
      const { items } = await stores.alerts.list({
        scope: { clusters: registry.list() },
        filter: {},
        page: { limit: 250 },
      });
      return items.flatMap(({ explanation }) =>
        explanation?.tries === 1 ? explanation.because : [],
      );
    };
    return { tried, explainer: aReplica(stores).explainer };
  };

  it('tries few runs at a time of a cluster that lets nothing be read', async () => {
    const { tried, explainer } = await aStorm(25);
    await explainer.explain('prod');
    expect(await tried()).toHaveLength(10);
    await explainer.explain('prod');
    expect(await tried()).toHaveLength(20);
    expect((await tried())[0]).toContain('prod could not be reached');
  });

  it('tries all runs of a cluster whose logs have not come yet', async () => {
    const client = registry.get('prod')?.client;
    if (!client) throw new Error('there is no cluster');
    jest
      .spyOn(client, 'read')
      .mockImplementation((area, act, call) =>
        withoutLogs.read(area, act, call),
      );
    const { tried, explainer } = await aStorm(25);
    await explainer.explain('prod');
    expect(await tried()).toEqual(Array(25).fill('Its log is empty'));
  });
});
