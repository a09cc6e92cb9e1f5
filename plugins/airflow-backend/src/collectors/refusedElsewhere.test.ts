import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { FaultRequest } from 'airflow-sandbox';
import type { Knex } from 'knex';
import { stopClock } from '../__testUtils__/clock';
import { testDatabases } from '../__testUtils__/databases';
import { startPortal, type Portal } from '../__testUtils__/portal';

const databases = testDatabases();
const refusal: FaultRequest = { kind: 'unauthorized', cluster: 'prod-us' };

describe.each(databases.eachSupportedId())(
  'credentials that were refused to one of two replicas, on %s',
  id => {
    let db: Knex;
    let replicas: Portal[];

    beforeEach(async () => {
      db = await databases.init(id);
      replicas = [await startPortal({ db }), await startPortal({ db })];
    });
    afterEach(() => jest.useRealTimers());
    afterEach(() => Promise.all(replicas.map(replica => replica.stop())));

    const problemsOf = async (replica: Portal) => {
      const { body } = await replica.get('/clusters').expect(200);
      const { items } = airflowEndpoints.listClusters.response.parse(body);
      const cluster = items.find(({ name }) => name === 'prod-us');
      return cluster?.collections.flatMap(({ problem }) => problem ?? []);
    };
    const runs = 'airflow-runs-prod-us';

    it('are left alone by the other one too', async () => {
      const [first, second] = replicas;
      await second.run(runs);
      first.sandbox.addFault(refusal);
      await first.run(runs);
      const refused = await problemsOf(first);
      expect(refused).toMatchObject([{ code: 'unauthorized' }]);
      await second.run(runs);
      expect(await problemsOf(second)).toEqual(refused);
    });

    it('are left alone for longer each time, whichever replica tries', async () => {
      stopClock();
      for (const replica of replicas) replica.sandbox.addFault(refusal);
      for (const [nr, minutes] of [5, 10, 20, 40, 60].entries()) {
        const replica = replicas[nr % 2];
        await replica.run(runs);
        const retryAt = Date.now() + minutes * 60_000;
        expect(await problemsOf(replica)).toMatchObject([
          { retryAt: new Date(retryAt).toISOString() },
        ]);
        jest.setSystemTime(retryAt);
      }
    });

    it('keep nobody from deciding about alerts, as about a cluster that is there', async () => {
      const [first] = replicas;
      first.sandbox.addFault(refusal);
      await first.run(runs);
      const refused = await problemsOf(first);
      const decisions = () =>
        db('airflow_alert_evaluations').where({ cluster: 'prod-us' });
      await decisions().update({ evaluated_at: 0 });
      await first.run(runs);
      expect(await problemsOf(first)).toEqual(refused);
      expect(await decisions().where('evaluated_at', '>', 0)).toHaveLength(1);
    });

    it('are used again by both, once the other one was let in', async () => {
      const [first, second] = replicas;
      first.sandbox.addFault(refusal);
      await first.run(runs);
      expect(await problemsOf(first)).toMatchObject([{ code: 'unauthorized' }]);

      first.sandbox.clearFaults();
      await second.refresh('prod-us').expect(200);
      await first.run(runs);
      expect(await problemsOf(first)).toEqual([]);
    });
  },
);
