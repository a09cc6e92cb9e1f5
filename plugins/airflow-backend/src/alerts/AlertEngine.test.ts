import { aReplica, registry } from '../__testUtils__/aReplica';
import { keepErrors } from '../__testUtils__/inventories';
import { freshStores, testDatabases } from '../__testUtils__/databases';
import type { Stores } from '../store';
import { maskedText } from '../masked';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('AlertEngine on %s', id => {
  let stores: Stores;

  const readInventory = async (...filenames: string[]) => {
    await keepErrors(
      stores,
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
