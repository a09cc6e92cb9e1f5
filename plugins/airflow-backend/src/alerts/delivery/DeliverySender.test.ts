import {
  AirflowAlertChannelError,
  type AirflowAlertMessage,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { anAlert, portalLinks } from '../../__testUtils__/toldAlerts';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { aScope } from '../../__testUtils__/rows';
import type { Stores } from '../../store';
import { DeliveryPlanner } from './DeliveryPlanner';
import { DeliverySender } from './DeliverySender';

const databases = testDatabases();
const start = Date.parse('2026-11-24T02:00:00.000Z');

/** A channel whose sends end when and as the test says. */
class Receiver {
  readonly messages: AirflowAlertMessage[] = [];
  answer: () => Promise<void> = async () => {};
  private readonly waiting: { count: number; done: () => void }[] = [];

  readonly channel = {
    name: 'pager',
    hasRecipients: false,
    send: (message: AirflowAlertMessage) => {
      this.messages.push(message);
      for (const { count, done } of this.waiting) {
        if (this.messages.length >= count) done();
      }
      return this.answer();
    },
  };

  /** Resolves when so many messages have come. */
  came(count: number): Promise<void> {
    if (this.messages.length >= count) return Promise.resolve();
    return new Promise(done => this.waiting.push({ count, done }));
  }
}

describe('DeliverySender', () => {
  let db: Knex;
  let stores: Stores;
  let receiver: Receiver;
  let sender: DeliverySender;
  let nowMs: number;

  const senderOver = (of: Receiver) =>
    new DeliverySender({
      queue: stores.deliveryQueue,
      channels: new Map([['pager', of.channel]]),
      findAlerts: ids => stores.alerts.findAll(ids),
      links: portalLinks,
      logger: mockServices.logger.mock(),
      now: () => new Date(nowMs),
      random: () => 0,
    });

  beforeEach(async () => {
    ({ db, stores } = await freshStores(databases, 'SQLITE_3'));
    nowMs = start;
    receiver = new Receiver();
    sender = senderOver(receiver);
  });

  const tell = (
    kind: 'fired' | 'resolved',
    ids: string[],
    channel = 'pager',
    waitMs?: number,
  ) => {
    const planner = new DeliveryPlanner(
      stores.deliveries,
      {
        routes: [{ match: {}, channels: [channel], to: ['owner'] }],
        hasRecipients: () => false,
        environmentOf: () => 'production',
      },
      {
        sendsTogether: () => waitMs !== undefined,
        waitMs: waitMs ?? 0,
        intervalMs: 0,
      },
    );
    const alerts = ids.map(id =>
      anAlert(id, {
        status: kind === 'fired' ? 'firing' : 'resolved',
        resolution:
          kind === 'fired'
            ? null
            : {
                kind: 'proof',
                at: new Date(nowMs).toISOString(),
                text: 'Run 2 succeeded',
                runId: 'run 2',
              },
      }),
    );
    const notices = ids.map(alertId => ({ kind, alertId }));
    return db.transaction(async trx => {
      await stores.alerts.apply(trx, { alerts, events: [] });
      await planner.plan(trx, { notices, alerts }, new Date(nowMs));
    });
  };
  const sendAll = async () => {
    await sender.look();
    await sender.settled();
  };
  const after = (seconds: number) => {
    nowMs += seconds * 1_000;
    return sendAll();
  };
  const states = async () => {
    const { items } = await stores.deliveries.list({
      scope: aScope('prod'),
      filter: {},
      page: { limit: 250 },
    });
    return items.map(({ notice, status }) => `${notice} ${status}`).sort();
  };

  it('tells that an alert fires and that it is over, in words', async () => {
    await tell('fired', ['a1']);
    await sendAll();
    nowMs += 60_000;
    await tell('resolved', ['a1']);
    await sendAll();

    const [fired, resolved] = receiver.messages;
    expect(fired).toEqual({
      key: 'a1:0:fired:pager:',
      notice: 'fired',
      alert: expect.objectContaining({ id: 'a1', status: 'firing' }),
      recipient: null,
      title: 'load_orders failed (prod)',
      text: [
        'Seen: Run 1 failed',
        'Expected: The newest finished run succeeded',
        'Since: 2026-11-24 03:00 UTC',
        'Owner: group:default/payments',
      ].join('\n'),
      path: '/airflow/alerts/a1',
      link: 'https://portal.example.com/airflow/alerts/a1',
    });
    expect(fired.alert).not.toHaveProperty('fingerprint');
    expect(resolved).toMatchObject({
      key: 'a1:0:resolved:pager:',
      title: 'Resolved: load_orders failed (prod)',
    });
    expect(resolved.text).toMatch(/^Run 2 succeeded\n/);
    const timeline = await stores.alerts.timeline('a1');
    expect(timeline.map(({ text }) => text)).toEqual([
      'Handed to pager, that it fires',
      'Handed to pager, that it is resolved',
    ]);
  });

  it('tries what failed again, later and later, and gives up in the end', async () => {
    receiver.answer = async () => {
      throw new AirflowAlertChannelError('The pager answered with status 500');
    };
    await tell('fired', ['a1']);
    await sendAll();
    await after(9);
    expect(receiver.messages).toHaveLength(1);
    await after(1);
    expect(receiver.messages).toHaveLength(2);
    for (const seconds of [30, 90, 270, 810, 1800, 1800]) await after(seconds);
    expect(receiver.messages).toHaveLength(8);
    expect(new Set(receiver.messages.map(({ key }) => key)).size).toBe(1);
    expect(await states()).toEqual(['fired dead']);
    expect(await stores.alerts.timeline('a1')).toMatchObject([
      {
        kind: 'not-sent',
        text: 'Not told over pager that it fires: given up after 8 tries. The last one failed: The pager answered with status 500',
      },
    ]);
    await after(36_000);
    expect(receiver.messages).toHaveLength(8);
  });

  it('waits as long as the receiver asks', async () => {
    receiver.answer = async () => {
      throw new AirflowAlertChannelError('Busy', { retryAfterMs: 120_000 });
    };
    await tell('fired', ['a1']);
    await sendAll();
    await after(119);
    expect(receiver.messages).toHaveLength(1);
    await after(1);
    expect(receiver.messages).toHaveLength(2);
  });

  it('tells nobody of what was over before it could be told', async () => {
    receiver.answer = async () => {
      throw new Error('down');
    };
    await tell('fired', ['a1']);
    await sendAll();
    await tell('resolved', ['a1']);
    receiver.answer = async () => {};
    await after(3_600);
    expect(receiver.messages).toHaveLength(1);
    expect(await states()).toEqual(['fired dropped']);
    expect(await stores.alerts.timeline('a1')).toMatchObject([
      {
        kind: 'not-sent',
        text: 'Not told over pager that it fires: it was resolved before that could be sent',
      },
    ]);
  });

  it('has no more than four under way over one channel, and goes on by itself', async () => {
    const ends: (() => void)[] = [];
    receiver.answer = () => new Promise(done => ends.push(done));
    await tell('fired', ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']);
    sender.wake();
    await receiver.came(4);
    await sender.look();
    expect(receiver.messages).toHaveLength(4);
    receiver.answer = async () => {};
    for (const end of ends) end();
    await sender.settled();
    expect(receiver.messages).toHaveLength(6);
    expect(await states()).toEqual(Array(6).fill('fired sent'));
  });

  it('keeps a slow one for itself for as long as it takes', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
    try {
      let end = () => {};
      receiver.answer = () => new Promise(done => (end = done));
      await tell('fired', ['a1']);
      await sender.look();
      await receiver.came(1);
      const otherReceiver = new Receiver();
      const other = senderOver(otherReceiver);
      const renew = jest.spyOn(stores.deliveryQueue, 'renew');
      for (let i = 0; i < 6; i += 1) {
        nowMs += 5_000;
        jest.advanceTimersByTime(5_000);
        await Promise.all(renew.mock.results.map(({ value }) => value));
        await other.look();
      }
      await other.settled();
      end();
      await sender.settled();
      expect(await states()).toEqual(['fired sent']);
      expect(receiver.messages).toHaveLength(1);
      expect(otherReceiver.messages).toEqual([]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('sends what waits for more of the same as soon as that time is over', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
    try {
      await tell('fired', ['a1'], 'pager', 1_500);
      await sender.look();
      nowMs += 1_499;
      jest.advanceTimersByTime(1_499);
      await sender.settled();
      expect(receiver.messages).toEqual([]);
      nowMs += 1;
      jest.advanceTimersByTime(1);
      await receiver.came(1);
      await sender.settled();
      expect(await states()).toEqual(['fired sent']);
    } finally {
      jest.useRealTimers();
    }
  });

  it('sends what a replica that died had begun, with the same key', async () => {
    await tell('fired', ['a1']);
    await stores.deliveryQueue.lease({
      channels: { only: 'pager' },
      now: new Date(nowMs),
      leaseMs: 20_000,
      limit: 1,
    });
    await after(19);
    expect(receiver.messages).toEqual([]);
    await after(2);
    expect(receiver.messages).toMatchObject([{ key: 'a1:0:fired:pager:' }]);
  });

  it('fails visibly for a channel that is gone', async () => {
    await tell('fired', ['a1'], 'old-pager');
    await sendAll();
    const { items } = await stores.deliveries.list({
      scope: aScope('prod'),
      filter: {},
      page: { limit: 1 },
    });
    expect(items[0]).toMatchObject({
      status: 'waiting',
      attempts: 1,
      lastError: expect.stringContaining('no channel old-pager any more'),
    });
  });

  it('waits on shutdown for what is under way, and begins nothing more', async () => {
    let end = () => {};
    receiver.answer = () => new Promise(done => (end = done));
    await tell('fired', ['a1']);
    await sender.look();
    await receiver.came(1);
    let hasStopped = false;
    const stopping = sender.stop().then(() => {
      hasStopped = true;
    });
    await tell('fired', ['a2']);
    await sender.look();
    expect(hasStopped).toBe(false);
    end();
    await stopping;
    expect(await states()).toEqual(['fired sent', 'fired waiting']);
  });
});
