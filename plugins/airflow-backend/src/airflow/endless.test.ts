import { serve, type TestServer } from '../__testUtils__/serve';
import { importErrors } from './areas/importErrors';
import { createAirflowClient } from './createAirflowClient';

let server: TestServer;
let asked: string[];

/** An Airflow 3 behind something that leaves the query of an address out. */
beforeAll(async () => {
  server = await serve(({ url = '' }, response) => {
    asked.push(url);
    response.setHeader('content-type', 'application/json');
    response.end(
      url.includes('/version')
        ? '{"version": "3.3.2"}'
        : JSON.stringify({
            total_entries: 1_000_000,
            import_errors: Array.from({ length: 100 }, (_, id) => ({
              import_error_id: id,
              timestamp: '2026-11-28T00:00:00Z',
              filename: `dag_${id}.py`,
              bundle_name: null,
              stack_trace: 'ImportError',
            })),
          }),
    );
  });
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

it('ends a list whose pages are all the same, and says so of the cluster', async () => {
  const client = createAirflowClient({
    name: 'prod-eu',
    baseUrl: server.url,
    authenticator: () => ({
      credentialKeys: 'auth',
      headers: async () => ({}),
    }),
    limits: {
      maxInFlight: 4,
      requestsPerMinute: 1_000,
      timeoutMs: 5_000,
      maxResponseBytes: 1_000_000,
    },
  });
  const readAll = async () => {
    for await (const _ of client.read(importErrors, area => area.list()));
  };
  await expect(readAll()).rejects.toMatchObject({
    code: 'invalid-response',
    cluster: 'prod-eu',
    message:
      'Cluster prod-eu gives a list that does not end: after 100 rows came the same page again',
  });
  expect(asked.filter(url => url.includes('importErrors'))).toHaveLength(2);
  await client.close();
});
