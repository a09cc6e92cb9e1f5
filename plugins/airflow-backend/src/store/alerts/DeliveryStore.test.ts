import { testDatabases } from '../../__testUtils__/databases';
import {
  at,
  fired,
  freshDeliveries,
  scope,
  together,
  told,
  type Deliveries,
} from '../../__testUtils__/deliveries';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('DeliveryStore on %s', id => {
  let on: Deliveries;

  beforeEach(async () => {
    on = await freshDeliveries(databases, id);
  });

  it('stores a delivery once, however often it is planned', async () => {
    await on.alerts('a1');
    await on.add([fired('a1')]);
    const [held] = await on.lease(1);
    await on.stores.deliveryQueue.delivered(held, { now: at(2), ...told });
    await on.add([fired('a1')], 3);

    const { items, total } = await on.list();
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
    expect(await on.stores.alerts.timeline('a1')).toEqual([
      { at: at(2).toISOString(), kind: 'sent', by: null, text: 'Told' },
    ]);
  });

  it('has what was given up sent after all when it is planned again', async () => {
    await on.alerts('a1', 'a2');
    await on.add([fired('a1'), fired('a2')]);
    const { items } = await on.list();
    await on.db.transaction(trx =>
      on.stores.deliveries.change(
        trx,
        { add: [], drop: items.map(({ id: row }) => row), events: [] },
        at(1),
      ),
    );
    expect(await on.lease(2)).toEqual([]);
    await on.add([fired('a2')], 3);
    const held = await on.lease(3);
    expect(held).toMatchObject([{ alertId: 'a2', attempts: 1 }]);
    expect((await on.list()).total).toBe(2);
  });

  it('keeps nothing of what a transaction takes back', async () => {
    await on.alerts('a1');
    const failing = on.db.transaction(async trx => {
      await on.stores.deliveries.change(
        trx,
        { add: [fired('a1')], drop: [], events: [] },
        at(0),
      );
      throw new Error('The alert could not be stored');
    });
    await expect(failing).rejects.toThrow('could not be stored');
    expect((await on.list()).total).toBe(0);
  });

  it('locks what waits until the next notice is decided', async () => {
    await on.alerts('a1', 'a2');
    await on.add([fired('a1'), fired('a2')]);
    await on.lease(0, { limit: 1 });
    const found = await on.db.transaction(async trx => {
      const earlier = await on.stores.deliveries.lockOf(trx, [
        'a1',
        'a2',
        'a3',
      ]);
      const drop = [...earlier.values()]
        .flat()
        .filter(({ isUnderWay }) => !isUnderWay)
        .map(delivery => delivery.id);
      await on.stores.deliveries.change(
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
    expect((await on.list()).items.map(({ status }) => status).sort()).toEqual([
      'dropped',
      'waiting',
    ]);
    expect(await on.stores.alerts.timeline('a2')).toMatchObject([
      { kind: 'not-sent', text: 'Overtaken' },
    ]);
  });

  const lastOf = () =>
    on.db.transaction(trx =>
      on.stores.deliveries.lockGroups(trx, ['ours', 'b']),
    );

  it('has those of one group taken up until somebody begins to send them', async () => {
    await on.alerts('a1');
    expect((await lastOf()).size).toBe(0);
    await on.add([together('a1')]);
    expect((await lastOf()).get('ours')).toEqual({
      dueAt: at(10),
      isOpen: true,
    });
    await on.lease(10);
    expect((await lastOf()).get('ours')).toEqual({
      dueAt: at(10),
      isOpen: false,
    });
  });

  it('lists newest first, page by page, by status and channel', async () => {
    await on.alerts('a1', 'a2', 'a3');
    await on.add([fired('a1')], 1);
    await on.add([fired('a2', 'mail')], 2);
    await on.add([fired('a3')], 3);
    const page = async (cursor?: string) =>
      on.stores.deliveries.list({
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

    expect((await on.list({ channel: ['mail'] })).items).toMatchObject([
      { alertId: 'a2' },
    ]);
    expect((await on.list({ status: ['dead', 'sent'] })).total).toBe(0);
    expect(await on.stores.deliveries.listOf('a3')).toHaveLength(1);
  });
});
