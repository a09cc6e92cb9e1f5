import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { demoFleet, startSandbox } from 'airflow-sandbox';
import type { Knex } from 'knex';
import http from 'node:http';
import { testDatabases } from '../__testUtils__/databases';
import { startPortal, type Portal } from '../__testUtils__/portal';
import { serve, type TestServer } from '../__testUtils__/serve';
import { isOfFile } from '../insights/presence';
import { storesOver } from '../store/stores';

const { listDags, getDag } = airflowEndpoints;

const cluster = 'prod-us';

describe('a reading during which a file changes', () => {
  let portal: Portal;
  let between: TestServer;
  let afterDags: () => void = () => {};

  beforeAll(async () => {
    const sandbox = await startSandbox({ fleet: demoFleet(), port: 0 });
    between = await serve((request, response) => {
      if (request.url?.includes('/importErrors')) afterDags();
      const { method, headers } = request;
      const onward = http.request(
        `${sandbox.url}${request.url}`,
        { method, headers },
        answer => {
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(response);
        },
      );
      request.pipe(onward);
    });
    const airflow = {
      history: { days: 2 },
      clusters: [
        {
          name: cluster,
          baseUrl: `${between.url}/${cluster}`,
          auth: { type: 'airflow3', username: 'admin', password: 'admin' },
        },
      ],
    };
    portal = await startPortal({ over: { sandbox, airflow } });
    await portal.refresh(cluster).expect(200);
  });
  afterAll(async () => {
    await portal.stop();
    await between.close();
  });

  const read = () => portal.refresh(cluster, ['inventory']).expect(200);
  const dagOf = async (dagId: string) => {
    const { body } = await portal
      .get(`/clusters/${cluster}/dags/${dagId}`)
      .expect(200);
    return getDag.response.parse(body);
  };

  it('stores nothing of the error that its DAG was listed with', async () => {
    const { body } = await portal.get('/dags?limit=1').expect(200);
    const [{ dagId }] = listDags.response.parse(body).items;
    const { fileLocation } = await dagOf(dagId);
    const file = (fileLocation ?? '').split('/').slice(-2).join('/');
    portal.sandbox.setFile(cluster, file, 'broken');
    await read();
    expect(await dagOf(dagId)).toMatchObject({
      presence: { state: 'broken' },
      hasImportErrors: true,
    });

    afterDags = () => portal.sandbox.setFile(cluster, file, 'whole');
    await read();
    expect(await dagOf(dagId)).toMatchObject({
      presence: { state: 'listed' },
      hasImportErrors: false,
    });
  });

  it('stores the error that came after its DAG was listed with the DAG that it is of', async () => {
    const { body } = await portal.get('/dags?limit=2').expect(200);
    const [, { dagId }] = listDags.response.parse(body).items;
    const { fileLocation } = await dagOf(dagId);
    const file = (fileLocation ?? '').split('/').slice(-2).join('/');
    afterDags = () => portal.sandbox.setFile(cluster, file, 'broken');
    await read();
    expect(await dagOf(dagId)).toMatchObject({
      presence: { state: 'broken' },
      hasImportErrors: true,
    });
  });
});

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'a reading of what changed, on %s',
  id => {
    let db: Knex;
    let portal: Portal;

    beforeAll(async () => {
      db = await databases.init(id);
      portal = await startPortal({ db });
      await portal.refresh(cluster).expect(200);
    });
    afterAll(() => portal.stop());

    it('shows a DAG as broken to nobody without the error of its file, and no error without its DAG', async () => {
      const { body } = await portal
        .get(`/dags?limit=1&cluster=${cluster}`)
        .expect(200);
      const [{ dagId, fileLocation }] = listDags.response.parse(body).items;
      const file = (fileLocation ?? '').split('/').slice(-2).join('/');
      const { alertFacts } = storesOver(db);
      const seen = async () => {
        const facts = await alertFacts.read(
          { name: cluster, title: cluster, environment: null, owner: null },
          {
            now: new Date(),
            watchedSince: new Date(),
            intervalsMs: { health: 30_000, inventory: 120_000, runs: 30_000 },
            everyDag: false,
          },
        );
        const isTold = facts.importErrors.some(({ filename }) =>
          isOfFile(filename, fileLocation),
        );
        return `${facts.absent.get(dagId)?.presence.state}, ${
          isTold ? 'with' : 'without'
        } an error`;
      };
      const met = new Set<string>();
      for (const state of ['broken', 'whole', 'broken', 'whole'] as const) {
        portal.sandbox.setFile(cluster, file, state);
        let isRead = false;
        const reading = portal
          .refresh(cluster, ['inventory'])
          .expect(200)
          .then(() => {
            isRead = true;
          });
        while (!isRead) met.add(await seen());
        await reading;
        met.add(await seen());
      }
      expect([...met].sort()).toEqual([
        'broken, with an error',
        'undefined, without an error',
      ]);
    });
  },
);
