import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { aFinding } from '../__testUtils__/alerts';
import { portalLinks } from '../__testUtils__/toldAlerts';
import { freshStores, testDatabases } from '../__testUtils__/databases';
import { proof } from '../__testUtils__/evaluate';
import type { Route } from '../config';
import type { Stores } from '../store';
import { REOPEN_MS } from './calm';
import { decide } from './decide';
import { DeliveryPlanner, DeliverySender } from './delivery';
import type { FirstReadings } from './firstReading';
import type { Condition, Finding } from '../rules';

const databases = testDatabases();
const MINUTE_MS = 60_000;
const start = Date.parse('2026-11-24T03:00:00.000Z');

const owned = (name: string) => ({
  ref: `group:default/${name}`,
  source: 'tag' as const,
  by: `team:${name}`,
});
const failed = (dagId: string, overrides: Partial<Condition> = {}) =>
  aFinding({
    fingerprint: `run-failed/${dagId}`,
    subject: { kind: 'dag', cluster: 'prod', dagId },
    title: `${dagId} failed`,
    owner: owned('payments'),
    ...overrides,
  });
const failing = (dagId: string) =>
  failed(dagId, {
    fingerprint: `failures-in-a-row/${dagId}`,
    ruleType: 'failures-in-a-row',
    severity: 'critical',
    title: `${dagId} failed 3 times in a row`,
  });
const webServer = aFinding({
  fingerprint: 'cluster-unreachable',
  ruleType: 'cluster-unreachable',
  severity: 'critical',
  subject: { kind: 'cluster', cluster: 'prod' },
  title: 'prod is unreachable',
  runId: null,
  owner: owned('platform'),
});
const dags = (count: number) =>
  Array.from({ length: count }, (_, i) => `d${i}`);

describe('from what happens to what people are told', () => {
  let db: Knex;
  let stores: Stores;
  let minute: number;
  let isDown: boolean;
  let told: string[];
  let routes: Route[];

  const now = () => new Date(start + minute * MINUTE_MS);
  const tell = (title: string, recipient: string | null) => {
    if (isDown) throw new Error('down');
    told.push(`${minute} ${recipient?.split('/')[1]}: ${title}`);
  };
  /** What a replica sends by; after a restart there is another one over the same database. */
  const aSender = () =>
    new DeliverySender({
      queue: stores.deliveryQueue,
      channels: new Map([
        [
          'notifications',
          {
            name: 'notifications',
            hasRecipients: true,
            send: async ({ title, recipient }) => tell(title, recipient),
            sendTogether: async ({ title, recipient }) =>
              tell(title, recipient),
          },
        ],
      ]),
      findAlerts: ids => stores.alerts.findAll(ids),
      links: portalLinks,
      logger: mockServices.logger.mock(),
      now,
      random: () => 0,
    });

  beforeEach(async () => {
    ({ db, stores } = await freshStores(databases, 'SQLITE_3'));
    minute = 0;
    isDown = false;
    told = [];
    routes = [{ match: {}, channels: ['notifications'], to: ['owner'] }];
  });

  const aPlanner = () =>
    new DeliveryPlanner(
      stores.deliveries,
      {
        routes,
        hasRecipients: () => true,
        environmentOf: () => null,
      },
      {
        sendsTogether: () => true,
        waitMs: 10_000,
        intervalMs: 2 * MINUTE_MS,
      },
    );

  /** As when the error of a run is found to be another one than was told. */
  const tellAnew = (dagId: string, anew: string) =>
    db.transaction(async trx => {
      const alerts = await stores.alerts.lockForDecision(trx, 'prod', {
        fingerprints: [failed(dagId).fingerprint],
        resolvedSince: now(),
      });
      const notices = alerts.map(({ id: alertId }) => ({
        kind: 'fired' as const,
        alertId,
        anew,
      }));
      await aPlanner().plan(trx, { alerts, notices }, now());
    });

  /** So many minutes with an evaluation in each, in which what is not found is right. */
  const pass = async (
    minutes: number,
    findings: Finding[] = [],
    firstReadings: FirstReadings = new Map(),
  ) => {
    const planner = aPlanner();
    const sender = aSender();
    const evaluate = () =>
      db.transaction(async trx => {
        const alerts = await stores.alerts.lockForDecision(trx, 'prod', {
          fingerprints: findings.map(({ fingerprint }) => fingerprint),
          resolvedSince: new Date(now().getTime() - REOPEN_MS),
        });
        let ids = 0;
        const decision = decide({
          alerts,
          findings,
          proofOf: () => proof,
          brokenFileOf: () => null,
          firstReadings,
          now: now(),
          newId: () => {
            ids += 1;
            return `${minute}-${ids}`;
          },
        });
        await stores.alerts.apply(trx, decision);
        await planner.plan(trx, decision, now());
      });
    for (let i = 0; i < minutes; i += 1) {
      await evaluate();
      minute += 1;
      await sender.look();
      await sender.settled();
    }
  };

  it('three stops of a web server are three notices', async () => {
    for (let stop = 0; stop < 3; stop += 1) {
      await pass(1, [webServer]);
      await pass(1);
    }
    await pass(40);
    expect(told).toEqual([
      '1 platform: prod is unreachable (prod)',
      '5 platform: Flapping: prod is unreachable (prod)',
      '36 platform: Resolved: prod is unreachable (prod)',
    ]);
  });

  it('a DAG that fails three times and recovers is two notices', async () => {
    for (const run of ['1', '2']) {
      await pass(5, [failed('d0', { occurrence: run })]);
    }
    await pass(5, [failed('d0', { occurrence: '3' }), failing('d0')]);
    await pass(5);
    expect(told).toEqual([
      '1 payments: d0 failed (prod)',
      '16 payments: Resolved: d0 failed (prod)',
    ]);
  });

  it('that a DAG keeps failing is told to who was not told that it failed', async () => {
    routes.push({
      match: { severities: ['critical'] },
      channels: ['notifications'],
      to: ['group:default/on-call'],
    });
    await pass(5, [failed('d0', { occurrence: '1' })]);
    await pass(5, [failed('d0', { occurrence: '3' }), failing('d0')]);
    await pass(5);
    // Within one minute in any order.
    expect([...told].sort()).toEqual([
      '1 payments: d0 failed (prod)',
      '11 on-call: Resolved: d0 failed 3 times in a row (prod)',
      '11 payments: Resolved: d0 failed (prod)',
      '6 on-call: d0 failed 3 times in a row (prod)',
    ]);
  });

  it('a DAG that was failing already when it was first met is two notices', async () => {
    const both = [failed('d0', { occurrence: '3' }), failing('d0')];
    await pass(5, both);
    await pass(5);
    expect(told).toEqual([
      '1 payments: d0 failed 3 times in a row (prod)',
      '6 payments: Resolved: d0 failed 3 times in a row (prod)',
    ]);
  });

  it('that it fails for another cause is told again, but not for ever', async () => {
    await pass(2, [failed('d0', { occurrence: '1' })]);
    for (let run = 2; run < 20; run += 1) {
      await pass(1, [failed('d0', { occurrence: String(run) })]);
      await tellAnew('d0', String(run));
      await pass(3, [failed('d0', { occurrence: String(run) })]);
    }
    await pass(5);
    expect(told.filter(line => line.endsWith(': d0 failed (prod)'))).toEqual([
      '1 payments: d0 failed (prod)',
      expect.stringMatching(/^\d+ payments: d0 failed/),
      expect.stringMatching(/^\d+ payments: d0 failed/),
      expect.stringMatching(/^\d+ payments: d0 failed/),
      expect.stringMatching(/^\d+ payments: d0 failed/),
      expect.stringMatching(/^\d+ payments: Resolved: d0 failed/),
    ]);
  });

  it('fifty DAGs that fail by one cause within two minutes are two notices, and one when they are over', async () => {
    await pass(
      1,
      dags(20).map(dagId => failed(dagId)),
    );
    await pass(
      4,
      dags(50).map(dagId => failed(dagId)),
    );
    await pass(3);
    expect(told).toEqual([
      '1 payments: 20 alerts on prod',
      '3 payments: 30 alerts on prod',
      '6 payments: Resolved: 50 alerts on prod',
    ]);
  });

  it('a hundred failures at the first start are one notice', async () => {
    const old = dags(100).map(dagId => failed(dagId));
    await pass(3, old.slice(0, 60), new Map([['run-failed', 'under way']]));
    await pass(1, old, new Map([['run-failed', 'over']]));
    await pass(3, old);
    await pass(2, [...old, failed('new')]);
    expect(told).toEqual([
      '4 payments: 100 alerts on prod were there when it was first read',
      '8 payments: new failed (prod)',
    ]);
  });

  it('a restart in the middle repeats and loses nothing', async () => {
    await pass(2, [webServer]);
    await pass(1);
    minute += 20;
    await pass(3);
    expect(told).toEqual([
      '1 platform: prod is unreachable (prod)',
      '24 platform: Resolved: prod is unreachable (prod)',
    ]);
  });

  it('another owner is told as well, and both that it is over', async () => {
    await pass(2, [failed('d0')]);
    await pass(2, [failed('d0', { owner: owned('crm') })]);
    await pass(2);
    expect(told).toEqual([
      '1 payments: d0 failed (prod)',
      '3 crm: d0 failed (prod)',
      ...['crm', 'payments'].map(
        name => `5 ${name}: Resolved: d0 failed (prod)`,
      ),
    ]);
  });

  it('what could not be handed over is told when that goes again', async () => {
    isDown = true;
    await pass(3, [failed('d0'), failed('d1')]);
    isDown = false;
    await pass(5, [failed('d0'), failed('d1')]);
    expect(told).toEqual(['5 payments: 2 alerts on prod']);
  });
});
