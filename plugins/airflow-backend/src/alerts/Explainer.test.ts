import { aReplica, registry } from '../__testUtils__/aReplica';
import { freshStores, testDatabases } from '../__testUtils__/databases';
import { anAlert } from '../__testUtils__/toldAlerts';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('Explainer on %s', id => {
  it('tries few runs at a time of a cluster that lets nothing be read', async () => {
    const { db, stores } = await freshStores(databases, id);
    const alerts = Array.from({ length: 25 }, (_, i) =>
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
    const { explainer } = aReplica(stores);
    const tried = async () => {
      const { items } = await stores.alerts.list({
        scope: { clusters: registry.list() },
        filter: {},
        page: { limit: 250 },
      });
      return items.filter(({ explanation }) => explanation?.tries === 1);
    };
    await explainer.explain('prod');
    expect(await tried()).toHaveLength(10);
    await explainer.explain('prod');
    expect(await tried()).toHaveLength(20);
    const [{ explanation }] = await tried();
    expect(explanation).toMatchObject({
      state: 'looking',
      because: expect.stringContaining('prod could not be reached'),
    });
  });
});
