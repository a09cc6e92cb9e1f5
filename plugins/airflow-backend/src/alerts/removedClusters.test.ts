import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { notificationService } from '@backstage/plugin-notifications-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { demoFleet, startSandbox } from 'airflow-sandbox';
import type { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { startPortal, type Portal } from '../__testUtils__/portal';
import { aScope } from '../__testUtils__/rows';
import { storesOver } from '../store/stores';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'alerts of a cluster that is taken out of the configuration, on %s',
  id => {
    let db: Knex;
    let portal: Portal;
    const told: string[] = [];

    /** A backend that is started over the same database, with these clusters. */
    const aPortal = async (...clusters: string[]) => {
      const sandbox = await startSandbox({ fleet: demoFleet(), port: 0 });
      return startPortal({
        db,
        over: {
          sandbox,
          airflow: {
            clusters: clusters.map(name => ({
              name,
              baseUrl: `${sandbox.url}/${name}`,
              auth: {
                type: name === 'prod-eu' ? 'basic' : 'airflow3',
                username: 'admin',
                password: 'admin',
              },
              owner: 'user:default/ada',
            })),
            history: { days: 1 },
            alerts: {
              rules: [{ name: 'failed', type: 'run-failed' }],
              together: { wait: { seconds: 0 }, interval: { seconds: 0 } },
              routes: [
                { channels: ['notifications'], to: ['user:default/ada'] },
              ],
            },
          },
        },
        features: [
          catalogServiceMock.factory({
            entities: [
              {
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'User',
                metadata: { name: 'ada', namespace: 'default' },
                spec: {},
              },
            ],
          }),
          createServiceFactory({
            service: notificationService,
            deps: {},
            factory: () => ({
              send: async ({ payload }) => {
                told.push(`${payload.title}\n${payload.description}`);
              },
            }),
          }),
        ],
      });
    };
    const restartWith = async (...clusters: string[]) => {
      await portal.stop();
      portal = await aPortal(...clusters);
    };
    /** Waits until nothing is left to be sent. */
    const sent = async () => {
      for (;;) {
        const waiting = await db('airflow_deliveries').where({
          status: 'waiting',
        });
        if (waiting.length === 0) return;
        await new Promise(resolve => setImmediate(resolve));
      }
    };
    beforeEach(async () => {
      told.length = 0;
      db = await databases.init(id);
      portal = await aPortal('prod-eu', 'prod-us');
      for (const name of ['prod-eu', 'prod-us']) {
        await portal.refresh(name).expect(200);
      }
      await sent();
    });
    afterEach(() => portal.stop());

    const stored = async (cluster: string) => {
      const { items } = await storesOver(db).alerts.list({
        scope: aScope(cluster),
        filter: { status: ['firing', 'resolved'] },
        page: { limit: 250 },
      });
      return items;
    };
    /** Its error may be found meanwhile. */
    const howItIs = ({ id: alertId, status, resolution }: Alert) => ({
      alertId,
      status,
      resolution,
    });
    const isOpen = ({ status }: { status: string }) => status !== 'resolved';
    /** Nobody has decided about the cluster for so long. */
    const leave = (cluster: string, minutes: number) =>
      db('airflow_alert_evaluations')
        .where({ cluster })
        .update({ evaluated_at: Date.now() - minutes * 60_000 });
    const look = () => portal.run('airflow-removed-clusters');

    it('stay open as long as any backend may still have it', async () => {
      await restartWith('prod-eu');
      await leave('prod-us', 29);
      await look();
      expect((await stored('prod-us')).filter(isOpen)).not.toEqual([]);
    });

    it('are closed with the reason, which those hear who were told; the others stay', async () => {
      const before = await stored('prod-us');
      const others = await stored('prod-eu');
      expect(before.filter(isOpen)).not.toEqual([]);
      await restartWith('prod-eu');
      await leave('prod-us', 31);
      await leave('prod-eu', 31);
      told.length = 0;
      await look();
      await sent();

      const after = await stored('prod-us');
      expect(after.map(alert => alert.id).sort()).toEqual(
        before.map(alert => alert.id).sort(),
      );
      for (const { status, resolution, id: alertId } of after) {
        expect({ status, resolution }).toEqual({
          status: 'resolved',
          resolution: {
            kind: 'proof',
            at: expect.any(String),
            text: 'Cluster prod-us is no longer in the configuration of the portal',
            runId: null,
          },
        });
        const timeline = await storesOver(db).alerts.timeline(alertId);
        expect(timeline.map(({ kind }) => kind)).toContain('resolved');
      }
      // Those of one owner in one notice; whose DAGs fail just now goes by the hour.
      expect(told.every(text => text.startsWith('Resolved: '))).toBe(true);
      for (const { title } of before) {
        expect(told.filter(text => text.includes(title))).toHaveLength(1);
      }
      expect((await stored('prod-eu')).map(howItIs)).toEqual(
        others.map(howItIs),
      );
    });

    it('come back as the same when the cluster does soon', async () => {
      const before = (await stored('prod-us')).filter(isOpen);
      await restartWith('prod-eu');
      await leave('prod-us', 31);
      await look();
      await restartWith('prod-eu', 'prod-us');
      await portal.refresh('prod-us').expect(200);
      const after = (await stored('prod-us')).filter(isOpen);
      expect(after.map(alert => alert.id).sort()).toEqual(
        before.map(alert => alert.id).sort(),
      );
      expect(after.every(({ reopened }) => reopened === 1)).toBe(true);
    });
  },
);

describe.each(databases.eachSupportedId())(
  'what was read of a cluster that is gone from the configuration, on %s',
  id => {
    it('is forgotten after its time, as of any other', async () => {
      const db = await databases.init(id);
      const first = await startPortal({ db });
      await first.refresh('prod-us').expect(200);
      await first.stop();
      const sandbox = await startSandbox({ fleet: demoFleet(), port: 0 });
      const second = await startPortal({
        db,
        over: {
          sandbox,
          airflow: {
            clusters: [
              {
                name: 'prod-eu',
                baseUrl: `${sandbox.url}/prod-eu`,
                auth: { type: 'basic', username: 'admin', password: 'admin' },
              },
            ],
            history: { hours: 1 },
            retention: { runs: { hours: 1 } },
          },
        },
      });
      const old = () =>
        db('airflow_runs')
          .whereNotNull('finished_at')
          .where('run_after', '<', Date.now() - 2 * 60 * 60_000)
          .pluck('run_id');
      expect((await old()).length).toBeGreaterThan(0);
      await second.run('airflow-cleanup');
      expect(await old()).toHaveLength(0);
      await second.stop();
    });
  },
);
