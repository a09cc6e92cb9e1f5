import { freshStores, testDatabases } from '../__testUtils__/databases';
import { aDag, aRun } from '../__testUtils__/rows';
import type { Stores } from '../store';
import { ZoneKeeper } from './ZoneKeeper';

const cluster = { name: 'prod', defaultTimezone: 'Europe/Berlin' };
const databases = testDatabases();

const daily = (nextRunAt: string, tags: string[] = []) =>
  aDag('daily', {
    tags,
    nextRunAt,
    schedule: { kind: 'cron', expression: '0 6 * * *', description: null },
  });

describe.each(databases.eachSupportedId())('zones on %s', id => {
  let stores: Stores;
  let keeper: ZoneKeeper;

  beforeEach(async () => {
    ({ stores } = await freshStores(databases, id));
    keeper = new ZoneKeeper(stores.zones);
  });

  const zone = async () => {
    const zones = await stores.zones.read([
      { cluster: 'prod', dagId: 'daily' },
    ]);
    return [...zones.values()][0];
  };

  it('are found by what was announced and by the runs before', async () => {
    await stores.dags.save('prod', [daily('2026-11-29T05:00:00Z')], new Date());
    await keeper.resolve(cluster);
    expect(await zone()).toMatchObject({ source: 'open' });

    const earlier = ['2026-03-28T05:00:00.000Z', '2026-03-29T04:00:00.000Z'];
    const later = ['2026-10-24T04:00:00.000Z', '2026-10-25T05:00:00.000Z'];
    await stores.runs.save(
      'prod',
      [...earlier, ...later].map(dueAt => aRun('daily', dueAt)),
    );
    await keeper.resolve(cluster);
    expect(await zone()).toEqual({ source: 'cluster', name: 'Europe/Berlin' });
  });

  it('follow a tag, and are found again when it goes', async () => {
    const next = '2026-11-29T05:00:00Z';
    await stores.dags.save(
      'prod',
      [daily(next, ['tz:Asia/Tokyo'])],
      new Date(),
    );
    await keeper.resolve(cluster);
    expect(await zone()).toEqual({ source: 'tag', name: 'Asia/Tokyo' });

    await stores.dags.save('prod', [daily(next)], new Date());
    await keeper.resolve(cluster);
    expect(await zone()).toMatchObject({ source: 'open' });
  });

  it('are worked out only when something changed by which they are found', async () => {
    await stores.dags.save('prod', [daily('2026-11-29T05:00:00Z')], new Date());
    await keeper.resolve(cluster);
    const save = jest.spyOn(stores.zones, 'save');
    await keeper.resolve(cluster);
    expect(save).toHaveBeenLastCalledWith('prod', []);

    await stores.dags.save('prod', [daily('2026-11-30T05:00:00Z')], new Date());
    await keeper.resolve(cluster);
    expect(save).toHaveBeenLastCalledWith('prod', [
      expect.objectContaining({ dagId: 'daily' }),
    ]);
  });

  it('are none where nothing tells them', async () => {
    await stores.dags.save('prod', [aDag('daily')], new Date());
    await keeper.resolve(cluster);
    expect(await zone()).toBeUndefined();
  });
});
