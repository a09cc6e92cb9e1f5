import { testDatabases } from '../../__testUtils__/databases';
import {
  at,
  fired,
  freshDeliveries,
  LEASE_MS,
  scope,
  together,
  told,
  type Deliveries,
} from '../../__testUtils__/deliveries';
import { DeliveryQueue } from './DeliveryQueue';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('DeliveryQueue on %s', id => {
  let on: Deliveries;

  beforeEach(async () => {
    on = await freshDeliveries(databases, id);
  });

  it('gives each delivery to one of many that ask at once', async () => {
    const names = Array.from({ length: 30 }, (_, i) => `a${i}`);
    await on.alerts(...names);
    await on.add(names.map(name => fired(name)));
    const queues = [new DeliveryQueue(on.db), new DeliveryQueue(on.db)];
    const taken = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        on.lease(1, { queue: queues[i % 2], limit: 5 }),
      ),
    );
    // Who asks while all that is due is being taken comes away with less, and asks again.
    const rest = await on.lease(1, { limit: 30 });
    const keys = [...taken.flat(), ...rest].map(({ key }) => key);
    expect(keys).toHaveLength(30);
    expect(new Set(keys).size).toBe(30);
    expect(taken.every(batch => batch.length <= 5)).toBe(true);
  });

  it('gives a delivery away again only when its lease has ended', async () => {
    await on.alerts('a1');
    await on.add([fired('a1')]);
    const [held] = await on.lease(0);
    expect(await on.lease(19)).toEqual([]);
    await on.stores.deliveryQueue.renew(held, at(30));
    expect(await on.lease(21)).toEqual([]);
    const [again] = await on.lease(31);
    expect(again).toMatchObject({ key: held.key, attempts: 2 });
  });

  it('records nothing for one whose lease went to another', async () => {
    await on.alerts('a1');
    await on.add([fired('a1')]);
    const [lost] = await on.lease(0);
    const [held] = await on.lease(21);
    const queue = on.stores.deliveryQueue;
    const failure = { error: 'late', nextAttemptAt: null, text: 'Given up' };

    expect(await queue.delivered(lost, { now: at(22), ...told })).toBe(false);
    expect(await queue.failed(lost, { now: at(22), ...failure })).toBe(false);
    await queue.renew(lost, at(500));
    expect(await on.lease(42)).toHaveLength(1);
    expect(await queue.delivered(held, { now: at(43), ...told })).toBe(false);

    expect((await on.list()).items[0]).toMatchObject({
      status: 'waiting',
      lastError: null,
    });
    expect(await on.stores.alerts.timeline('a1')).toEqual([]);
  });

  it('waits after a failure, gives up after the last, and tries again when asked', async () => {
    await on.alerts('a1');
    await on.add([fired('a1')]);
    const queue = on.stores.deliveryQueue;
    const [first] = await on.lease(0);
    await queue.failed(first, {
      now: at(1),
      error: 'status 500',
      nextAttemptAt: at(10),
      text: 'Given up',
    });
    const [{ id: row }] = (await on.list()).items;
    expect(
      await on.stores.deliveries.resend(scope, row, at(2)),
    ).toBeUndefined();
    expect(await on.lease(9)).toEqual([]);
    const [second] = await on.lease(10);
    await queue.failed(second, {
      now: at(11),
      error: 'status 502',
      nextAttemptAt: null,
      text: 'Given up',
    });
    expect(await on.lease(9_999)).toEqual([]);
    expect(await on.stores.deliveries.get(scope, row)).toMatchObject({
      status: 'dead',
      attempts: 2,
      nextAttemptAt: null,
      lastError: 'status 502',
    });
    expect(await on.stores.alerts.timeline('a1')).toEqual([
      {
        at: at(11).toISOString(),
        kind: 'not-sent',
        by: null,
        text: 'Given up',
      },
    ]);

    expect(await on.stores.deliveries.resend(scope, row, at(20))).toMatchObject(
      {
        status: 'waiting',
        attempts: 0,
      },
    );
    expect(await on.lease(20)).toMatchObject([{ key: first.key, attempts: 1 }]);
  });

  it('does not have a resolution overtake the news that it fires', async () => {
    await on.alerts('a1');
    await on.add([fired('a1')]);
    const [held] = await on.lease(0);
    await on.add(
      [{ ...fired('a1'), key: 'a1 resolved pager', notice: 'resolved' }],
      1,
    );
    expect(await on.lease(2)).toEqual([]);
    await on.stores.deliveryQueue.delivered(held, { now: at(3), ...told });
    expect(await on.lease(4)).toMatchObject([{ notice: 'resolved' }]);
  });

  it('does not say that an alert fires while another one is its cause', async () => {
    await on.alerts('a1', 'a2');
    await on.add([fired('a1'), fired('a2')]);
    await on.inhibit('a1', 'a2');
    const [held, ...others] = await on.lease(0);
    expect(others).toEqual([]);
    expect(held.alertIds).toEqual(['a2']);
    await on.inhibit('a1', null);
    expect(await on.lease(1)).toMatchObject([{ alertIds: ['a1'] }]);
  });

  it('says that it is over all the same to who was told', async () => {
    await on.alerts('a1', 'a2');
    await on.add([{ ...fired('a1'), notice: 'resolved' }]);
    await on.inhibit('a1', 'a2');
    expect(await on.lease(0)).toMatchObject([{ notice: 'resolved' }]);
  });

  it('takes deliveries of one channel, or of all others', async () => {
    await on.alerts('a1');
    await on.add([fired('a1'), fired('a1', 'mail'), fired('a1', 'gone')]);
    expect(await on.lease(1, { channel: 'mail' })).toMatchObject([
      { channel: 'mail' },
    ]);
    const others = await on.stores.deliveryQueue.lease({
      channels: { allBut: ['pager', 'mail'] },
      now: at(1),
      leaseMs: LEASE_MS,
      limit: 10,
    });
    expect(others).toMatchObject([{ channel: 'gone' }]);
  });

  describe('of one group', () => {
    it('and one moment are one notice, with one key, again and again', async () => {
      await on.alerts('a1', 'a2', 'a3');
      await on.add([together('a1'), together('a2'), together('a3', at(12))]);
      expect(await on.lease(9)).toEqual([]);
      const [held, ...others] = await on.lease(10);
      expect(others).toEqual([]);
      expect(held).toMatchObject({
        key: `ours ${at(10).getTime()}`,
        alertIds: ['a1', 'a2'],
      });
      await on.stores.deliveryQueue.failed(held, {
        now: at(11),
        error: 'down',
        nextAttemptAt: at(11),
        text: '',
      });
      const again = await on.lease(11);
      expect(again).toMatchObject([
        { key: held.key, alertIds: ['a1', 'a2'], attempts: 2 },
      ]);
      await on.stores.deliveryQueue.delivered(again[0], {
        now: at(11),
        ...told,
      });
      const states = (await on.list()).items.map(
        ({ alertId, status }) => `${alertId} ${status}`,
      );
      expect(states.sort()).toEqual(['a1 sent', 'a2 sent', 'a3 waiting']);
      expect(await on.stores.alerts.timeline('a2')).toMatchObject([
        { kind: 'sent', text: 'Told' },
      ]);
    });

    it('leave behind what waits for an earlier notice of the same alert', async () => {
      await on.alerts('a1', 'a2');
      await on.add([fired('a1')]);
      const [first] = await on.lease(0);
      await on.add(
        ['a1', 'a2'].map(alertId => ({
          ...together(alertId),
          key: `${alertId} resolved`,
          notice: 'resolved' as const,
        })),
        1,
      );
      expect(await on.lease(10)).toMatchObject([{ alertIds: ['a2'] }]);
      await on.stores.deliveryQueue.delivered(first, { now: at(11), ...told });
      expect(await on.lease(11)).toMatchObject([
        { alertIds: ['a1'], key: 'a1 resolved' },
      ]);
    });

    it('leave behind what has got a cause meanwhile', async () => {
      await on.alerts('a1', 'a2', 'cause');
      await on.add([together('a1'), together('a2')]);
      await on.inhibit('a1', 'cause');
      expect(await on.lease(10)).toMatchObject([{ alertIds: ['a2'] }]);
      await on.inhibit('a1', null);
      expect(await on.lease(11)).toMatchObject([{ alertIds: ['a1'] }]);
    });

    it('go to one of many that ask at once, all of them', async () => {
      const names = Array.from({ length: 30 }, (_, i) => `a${i}`);
      await on.alerts(...names);
      await on.add(names.map(name => together(name)));
      const taken = await Promise.all(
        Array.from({ length: 6 }, () => on.lease(20, { limit: 4 })),
      );
      const rest = await on.lease(20);
      const units = [...taken.flat(), ...rest];
      expect(units.map(({ alertIds }) => alertIds.length)).toEqual([30]);
    });
  });
});
