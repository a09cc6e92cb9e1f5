import type { Knex } from 'knex';
import type { Stores } from '..';
import { anAlert } from '../../__testUtils__/toldAlerts';
import { aScope } from '../../__testUtils__/rows';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { DeliveryQueue } from './DeliveryQueue';
import type { LeasedDelivery, NewDelivery } from './deliveryRows';

const databases = testDatabases();
const scope = aScope('prod');
const LEASE_MS = 20_000;
const start = Date.parse('2026-11-24T02:00:00.000Z');
const told = { text: 'Told', receipt: '200' };
/** So many seconds later. */
const at = (seconds: number) => new Date(start + seconds * 1_000);

function fired(alertId: string, channel = 'pager'): NewDelivery {
  return {
    key: `${alertId} fired ${channel}`,
    alertId,
    notice: 'fired',
    channel,
    recipient: null,
  };
}

describe.each(databases.eachSupportedId())('Deliveries on %s', id => {
  let db: Knex;
  let stores: Stores;

  beforeEach(async () => {
    ({ db, stores } = await freshStores(databases, id));
  });

  const alerts = (...ids: string[]) =>
    db.transaction(trx =>
      stores.alerts.apply(trx, {
        alerts: ids.map(alert => anAlert(alert)),
        events: [],
      }),
    );
  const add = (deliveries: NewDelivery[], seconds = 0) =>
    db.transaction(trx =>
      stores.deliveries.change(
        trx,
        { add: deliveries, drop: [], events: [] },
        at(seconds),
      ),
    );
  const lease = (
    seconds: number,
    options: { queue?: DeliveryQueue; limit?: number; channel?: string } = {},
  ): Promise<LeasedDelivery[]> => {
    const { queue = stores.deliveryQueue, limit = 10 } = options;
    return queue.lease({
      channels: { only: options.channel ?? 'pager' },
      now: at(seconds),
      leaseMs: LEASE_MS,
      limit,
    });
  };
  const list = (filter = {}) =>
    stores.deliveries.list({ scope, filter, page: { limit: 250 } });

  it('stores a delivery once, however often it is planned', async () => {
    await alerts('a1');
    await add([fired('a1')]);
    const [held] = await lease(1);
    await stores.deliveryQueue.delivered(held, { now: at(2), ...told });
    await add([fired('a1')], 3);

    const { items, total } = await list();
    expect(total).toBe(1);
    expect(items).toEqual([
      {
        id: expect.any(String),
        alertId: 'a1',
        alertTitle: 'load_orders failed',
        notice: 'fired',
        channel: 'pager',
        recipient: null,
        status: 'sent',
        attempts: 1,
        createdAt: at(0).toISOString(),
        nextAttemptAt: null,
        deliveredAt: at(2).toISOString(),
        receipt: '200',
        lastError: null,
      },
    ]);
    expect(await stores.alerts.timeline('a1')).toEqual([
      { at: at(2).toISOString(), kind: 'sent', by: null, text: 'Told' },
    ]);
  });

  it('has what was given up sent after all when it is planned again', async () => {
    await alerts('a1', 'a2');
    await add([fired('a1'), fired('a2')]);
    const { items } = await list();
    await db.transaction(trx =>
      stores.deliveries.change(
        trx,
        { add: [], drop: items.map(({ id: row }) => row), events: [] },
        at(1),
      ),
    );
    expect(await lease(2)).toEqual([]);
    await add([fired('a2')], 3);
    const held = await lease(3);
    expect(held).toMatchObject([{ alertId: 'a2', attempts: 1 }]);
    expect((await list()).total).toBe(2);
  });

  it('keeps nothing of what a transaction takes back', async () => {
    await alerts('a1');
    const failing = db.transaction(async trx => {
      await stores.deliveries.change(
        trx,
        { add: [fired('a1')], drop: [], events: [] },
        at(0),
      );
      throw new Error('The alert could not be stored');
    });
    await expect(failing).rejects.toThrow('could not be stored');
    expect((await list()).total).toBe(0);
  });

  it('gives each delivery to one of many that ask at once', async () => {
    const names = Array.from({ length: 30 }, (_, i) => `a${i}`);
    await alerts(...names);
    await add(names.map(name => fired(name)));
    const queues = [new DeliveryQueue(db), new DeliveryQueue(db)];
    const taken = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        lease(1, { queue: queues[i % 2], limit: 5 }),
      ),
    );
    // Who asks while all that is due is being taken comes away with less, and asks again.
    const rest = await lease(1, { limit: 30 });
    const keys = [...taken.flat(), ...rest].map(({ key }) => key);
    expect(keys).toHaveLength(30);
    expect(new Set(keys).size).toBe(30);
    expect(taken.every(batch => batch.length <= 5)).toBe(true);
  });

  it('gives a delivery away again only when its lease has ended', async () => {
    await alerts('a1');
    await add([fired('a1')]);
    const [held] = await lease(0);
    expect(await lease(19)).toEqual([]);
    await stores.deliveryQueue.renew(held, at(30));
    expect(await lease(21)).toEqual([]);
    const [again] = await lease(31);
    expect(again).toMatchObject({ key: held.key, attempts: 2 });
  });

  it('records nothing for one whose lease went to another', async () => {
    await alerts('a1');
    await add([fired('a1')]);
    const [lost] = await lease(0);
    const [held] = await lease(21);
    const queue = stores.deliveryQueue;
    const failure = { error: 'late', nextAttemptAt: null, text: 'Given up' };

    expect(await queue.delivered(lost, { now: at(22), ...told })).toBe(false);
    expect(await queue.failed(lost, { now: at(22), ...failure })).toBe(false);
    await queue.renew(lost, at(500));
    expect(await lease(42)).toHaveLength(1);
    expect(await queue.delivered(held, { now: at(43), ...told })).toBe(false);

    expect((await list()).items[0]).toMatchObject({
      status: 'waiting',
      lastError: null,
    });
    expect(await stores.alerts.timeline('a1')).toEqual([]);
  });

  it('waits after a failure, gives up after the last, and tries again when asked', async () => {
    await alerts('a1');
    await add([fired('a1')]);
    const queue = stores.deliveryQueue;
    const [first] = await lease(0);
    await queue.failed(first, {
      now: at(1),
      error: 'status 500',
      nextAttemptAt: at(10),
      text: 'Given up',
    });
    const [{ id: row }] = (await list()).items;
    expect(await stores.deliveries.resend(scope, row, at(2))).toBeUndefined();
    expect(await lease(9)).toEqual([]);
    const [second] = await lease(10);
    await queue.failed(second, {
      now: at(11),
      error: 'status 502',
      nextAttemptAt: null,
      text: 'Given up',
    });
    expect(await lease(9_999)).toEqual([]);
    expect(await stores.deliveries.get(scope, row)).toMatchObject({
      status: 'dead',
      attempts: 2,
      nextAttemptAt: null,
      lastError: 'status 502',
    });
    expect(await stores.alerts.timeline('a1')).toEqual([
      {
        at: at(11).toISOString(),
        kind: 'not-sent',
        by: null,
        text: 'Given up',
      },
    ]);

    expect(await stores.deliveries.resend(scope, row, at(20))).toMatchObject({
      status: 'waiting',
      attempts: 0,
    });
    expect(await lease(20)).toMatchObject([{ key: first.key, attempts: 1 }]);
  });

  it('does not have a resolution overtake the news that it fires', async () => {
    await alerts('a1');
    await add([fired('a1')]);
    const [held] = await lease(0);
    await add(
      [{ ...fired('a1'), key: 'a1 resolved pager', notice: 'resolved' }],
      1,
    );
    expect(await lease(2)).toEqual([]);
    await stores.deliveryQueue.delivered(held, { now: at(3), ...told });
    expect(await lease(4)).toMatchObject([{ notice: 'resolved' }]);
  });

  describe('of one group', () => {
    const together = (alertId: string, dueAt = at(10)): NewDelivery => ({
      ...fired(alertId),
      together: { group: 'ours', dueAt },
    });
    const lastOf = () =>
      db.transaction(trx => stores.deliveries.lockGroups(trx, ['ours', 'b']));

    it('and one moment are one notice, with one key, again and again', async () => {
      await alerts('a1', 'a2', 'a3');
      await add([together('a1'), together('a2'), together('a3', at(12))]);
      expect(await lease(9)).toEqual([]);
      const [held, ...others] = await lease(10);
      expect(others).toEqual([]);
      expect(held).toMatchObject({
        key: `ours ${at(10).getTime()}`,
        alertIds: ['a1', 'a2'],
      });
      await stores.deliveryQueue.failed(held, {
        now: at(11),
        error: 'down',
        nextAttemptAt: at(11),
        text: '',
      });
      const again = await lease(11);
      expect(again).toMatchObject([
        { key: held.key, alertIds: ['a1', 'a2'], attempts: 2 },
      ]);
      await stores.deliveryQueue.delivered(again[0], { now: at(11), ...told });
      const states = (await list()).items.map(
        ({ alertId, status }) => `${alertId} ${status}`,
      );
      expect(states.sort()).toEqual(['a1 sent', 'a2 sent', 'a3 waiting']);
      expect(await stores.alerts.timeline('a2')).toMatchObject([
        { kind: 'sent', text: 'Told' },
      ]);
    });

    it('take more up until somebody begins to send them', async () => {
      await alerts('a1');
      expect((await lastOf()).size).toBe(0);
      await add([together('a1')]);
      expect((await lastOf()).get('ours')).toEqual({
        dueAt: at(10),
        isOpen: true,
      });
      await lease(10);
      expect((await lastOf()).get('ours')).toEqual({
        dueAt: at(10),
        isOpen: false,
      });
    });

    it('leave behind what waits for an earlier notice of the same alert', async () => {
      await alerts('a1', 'a2');
      await add([fired('a1')]);
      const [first] = await lease(0);
      await add(
        ['a1', 'a2'].map(alertId => ({
          ...together(alertId),
          key: `${alertId} resolved`,
          notice: 'resolved' as const,
        })),
        1,
      );
      expect(await lease(10)).toMatchObject([{ alertIds: ['a2'] }]);
      await stores.deliveryQueue.delivered(first, { now: at(11), ...told });
      expect(await lease(11)).toMatchObject([
        { alertIds: ['a1'], key: 'a1 resolved' },
      ]);
    });

    it('go to one of many that ask at once, all of them', async () => {
      const names = Array.from({ length: 30 }, (_, i) => `a${i}`);
      await alerts(...names);
      await add(names.map(name => together(name)));
      const taken = await Promise.all(
        Array.from({ length: 6 }, () => lease(20, { limit: 4 })),
      );
      const rest = await lease(20);
      const units = [...taken.flat(), ...rest];
      expect(units.map(({ alertIds }) => alertIds.length)).toEqual([30]);
    });
  });

  it('takes deliveries of one channel, or of all others', async () => {
    await alerts('a1');
    await add([fired('a1'), fired('a1', 'mail'), fired('a1', 'gone')]);
    expect(await lease(1, { channel: 'mail' })).toMatchObject([
      { channel: 'mail' },
    ]);
    const others = await stores.deliveryQueue.lease({
      channels: { allBut: ['pager', 'mail'] },
      now: at(1),
      leaseMs: LEASE_MS,
      limit: 10,
    });
    expect(others).toMatchObject([{ channel: 'gone' }]);
  });

  it('locks what waits until the next notice is decided', async () => {
    await alerts('a1', 'a2');
    await add([fired('a1'), fired('a2')]);
    await lease(0, { limit: 1 });
    const found = await db.transaction(async trx => {
      const earlier = await stores.deliveries.lockOf(trx, ['a1', 'a2', 'a3']);
      const drop = [...earlier.values()]
        .flat()
        .filter(({ isUnderWay }) => !isUnderWay)
        .map(delivery => delivery.id);
      await stores.deliveries.change(
        trx,
        {
          add: [],
          drop,
          events: [
            {
              alertId: 'a2',
              at: at(1).toISOString(),
              kind: 'not-sent',
              by: null,
              text: 'Overtaken',
            },
          ],
        },
        at(1),
      );
      return earlier;
    });
    expect([...found.keys()]).toEqual(['a1', 'a2', 'a3']);
    expect(found.get('a1')).toMatchObject([{ isUnderWay: true }]);
    expect((await list()).items.map(({ status }) => status).sort()).toEqual([
      'dropped',
      'waiting',
    ]);
    expect(await stores.alerts.timeline('a2')).toMatchObject([
      { kind: 'not-sent', text: 'Overtaken' },
    ]);
  });

  it('lists newest first, page by page, by status and channel', async () => {
    await alerts('a1', 'a2', 'a3');
    await add([fired('a1')], 1);
    await add([fired('a2', 'mail')], 2);
    await add([fired('a3')], 3);
    const page = async (cursor?: string) =>
      stores.deliveries.list({
        scope,
        filter: {},
        page: { limit: 2, cursor },
      });
    const first = await page();
    const second = await page(first.nextCursor ?? undefined);
    expect(first.total).toBe(3);
    expect(second.nextCursor).toBeNull();
    expect(
      [...first.items, ...second.items].map(({ alertId }) => alertId),
    ).toEqual(['a3', 'a2', 'a1']);

    expect((await list({ channel: ['mail'] })).items).toMatchObject([
      { alertId: 'a2' },
    ]);
    expect((await list({ status: ['dead', 'sent'] })).total).toBe(0);
    expect(await stores.deliveries.listOf('a3')).toHaveLength(1);
  });
});
