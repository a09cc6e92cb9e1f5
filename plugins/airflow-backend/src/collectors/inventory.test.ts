import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { demoFleet, startSandbox } from 'airflow-sandbox';
import http from 'node:http';
import { startPortal, type Portal } from '../__testUtils__/portal';
import { serve, type TestServer } from '../__testUtils__/serve';

const { listDags, getDag } = airflowEndpoints;

const cluster = 'prod-us';

describe('a reading during which a file is mended', () => {
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
});
