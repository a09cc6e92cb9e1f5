import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { freshStores, testDatabases } from '../__testUtils__/databases';
import { portalLinks } from '../__testUtils__/toldAlerts';
import { builtInAuthStrategies } from '../airflow';
import { ClusterRegistry } from '../clusters';
import type { Stores } from '../store';
import { maskedText } from '../masked';
import { createAlerting, type Alerting } from './createAlerting';
import { createDelivery } from './delivery';
import type { Rule } from '../rules';

const databases = testDatabases();

const rules: Rule[] = [
  {
    name: 'import-error',
    type: 'import-error',
    severity: 'warning',
    forMs: 0,
    scope: {},
  },
];

const registry = ClusterRegistry.create({
  clusters: [
    {
      name: 'prod',
      title: 'Production',
      baseUrl: 'http://127.0.0.1:1',
      webUrl: 'http://127.0.0.1:1',
      environment: 'production',
      owner: 'group:default/platform',
      tags: [],
      readOnly: false,
      defaultTimezone: null,
      auth: new ConfigReader({ type: 'none' }),
      tls: undefined,
      proxy: undefined,
      limits: {
        maxInFlight: 1,
        requestsPerMinute: 1,
        timeoutMs: 1,
        maxResponseBytes: 1,
      },
    },
  ],
  authStrategies: builtInAuthStrategies,
});

/** The engine as a replica of the portal has it, over a database that others use too. */
function aReplica(stores: Stores): Alerting {
  const logger = mockServices.logger.mock();
  const delivery = createDelivery({
    config: {
      rules,
      routes: [{ match: {}, channels: ['notifications'], to: ['owner'] }],
      webhooks: [],
      together: { waitMs: 0, intervalMs: 0 },
    },
    stores,
    registry,
    notifications: { send: async () => {} },
    findEntity: async () => undefined,
    ofModules: [],
    logger,
    links: portalLinks,
    mailRemark: () => null,
  });
  // What is to be sent stays in the outbox, where it is counted.
  jest.spyOn(delivery.sender, 'wake').mockImplementation();
  const signals = { publish: async () => {} };
  const intervalsMs = { health: 30_000, inventory: 120_000, runs: 30_000 };
  return createAlerting({
    rules,
    intervalsMs,
    registry,
    stores,
    delivery,
    signals,
    logger,
  });
}

describe.each(databases.eachSupportedId())('AlertEngine on %s', id => {
  let stores: Stores;

  const readInventory = async (...filenames: string[]) => {
    await stores.importErrors.save(
      'prod',
      filenames.map(filename => ({
        id: filename,
        filename,
        bundle: null,
        stackTrace: maskedText('SyntaxError: invalid syntax'),
        occurredAt: null,
      })),
      { forgetOthers: true },
    );
    for (const kind of ['inventory', 'runs'] as const) {
      await stores.collections.record('prod', {
        kind,
        startedAt: new Date(),
        durationMs: 1,
        requests: 1,
        skippedRows: 0,
        problem: null,
        complete: true,
      });
    }
  };
  const listed = async () => {
    const { items } = await stores.alerts.list({
      scope: { clusters: registry.list() },
      filter: { status: ['firing', 'resolved'] },
      page: { limit: 250 },
    });
    return items;
  };
  const deliveries = async () => {
    const { items } = await stores.deliveries.list({
      scope: { clusters: registry.list() },
      filter: {},
      page: { limit: 250 },
    });
    return items.map(({ notice, alertTitle }) => `${notice} ${alertTitle}`);
  };

  beforeEach(async () => {
    ({ stores } = await freshStores(databases, id));
  });

  it('decides once, however many replicas look at the same time', async () => {
    await readInventory('a.py', 'b.py');
    const replicas = Array.from({ length: 4 }, () => aReplica(stores));
    await Promise.all(
      replicas.flatMap(({ engine }) => [
        engine.evaluate('prod'),
        engine.evaluate('prod'),
        engine.evaluate('prod'),
      ]),
    );
    const alerts = await listed();
    expect(alerts.map(({ title }) => title).sort()).toEqual([
      'a.py cannot be imported',
      'b.py cannot be imported',
    ]);
    for (const { id: alertId } of alerts) {
      const timeline = await stores.alerts.timeline(alertId);
      expect(timeline.map(({ kind }) => kind)).toEqual(['noticed', 'fired']);
    }
    expect((await deliveries()).sort()).toEqual([
      'fired a.py cannot be imported',
      'fired b.py cannot be imported',
    ]);
  });

  it('stores no alert whose deliveries cannot be stored', async () => {
    await readInventory('a.py');
    const { engine } = aReplica(stores);
    const change = jest
      .spyOn(stores.deliveries, 'change')
      .mockRejectedValueOnce(new Error('the disk is full'));
    await expect(engine.evaluate('prod')).rejects.toThrow('the disk is full');
    change.mockRestore();
    expect(await listed()).toEqual([]);
    await engine.evaluate('prod');
    expect(await listed()).toHaveLength(1);
    expect(await deliveries()).toHaveLength(1);
  });

  it('looks again for those who ask while it decides', async () => {
    await readInventory();
    const { engine } = aReplica(stores);
    const before = engine.evaluate('prod');
    await readInventory('a.py');
    await engine.evaluate('prod');
    await before;
    expect(await listed()).toHaveLength(1);
  });

  it('knows of no alerts of a cluster that there is not', async () => {
    await aReplica(stores).engine.evaluate('nowhere');
    expect(await listed()).toEqual([]);
  });
});
