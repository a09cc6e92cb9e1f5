import {
  generatedFleet,
  startSandbox,
  type RunningSandbox,
} from 'airflow-sandbox';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { serve } from '../__testUtils__/serve';
import type { AirflowClient } from './AirflowClient';
import { dags } from './areas/dags';
import { health } from './areas/health';
import { builtInAuthStrategies } from './auth';
import { createAirflowClient } from './createAirflowClient';

let sandbox: RunningSandbox;
const cluster = 'cluster-001';
const clients: AirflowClient[] = [];

beforeAll(async () => {
  const fleet = generatedFleet({ clusters: 1, dagsPerCluster: 2 });
  sandbox = await startSandbox({ fleet, port: 0 });
});
afterAll(() => sandbox.close());
afterEach(() => {
  jest.restoreAllMocks();
  sandbox.resetRequests();
  return Promise.all(clients.splice(0).map(client => client.close()));
});

function clientOf(baseUrl: string, auth: JsonObject & { type: string }) {
  const strategy = builtInAuthStrategies.find(({ type }) => type === auth.type);
  if (!strategy) throw new Error(`There is no strategy ${auth.type}`);
  const client = createAirflowClient({
    name: 'prod-eu',
    baseUrl,
    authenticator: strategy.fromConfig(new ConfigReader(auth)),
    limits: {
      maxInFlight: 4,
      requestsPerMinute: 10_000,
      timeoutMs: 5_000,
      maxResponseBytes: 1_000_000,
    },
  });
  clients.push(client);
  return client;
}

function sandboxClient() {
  return clientOf(`${sandbox.url}/${cluster}`, {
    type: 'password',
    username: 'admin',
    password: 'admin',
  });
}

async function dagsOf(client: AirflowClient) {
  const listed = [];
  for await (const page of client.read(dags, area => area.list()))
    listed.push(...page.items);
  return listed.length;
}

function requestsFor(route: RegExp) {
  return sandbox
    .requests()
    .routes.filter(one => route.test(one.route))
    .reduce((sum, { count }) => sum + count, 0);
}

describe('which Airflow answers', () => {
  it.each([
    ['an upgrade', '2.11.2', '3.3.2', 'v2'],
    ['a return to the old version', '3.3.2', '2.11.2', 'v1'],
  ])('is noticed at once after %s', async (_what, before, after, api) => {
    sandbox.setVersion(cluster, before);
    const client = sandboxClient();
    await expect(dagsOf(client)).resolves.toBe(2);
    sandbox.setVersion(cluster, after);
    await expect(dagsOf(client)).resolves.toBe(2);
    await expect(client.info()).resolves.toMatchObject({
      airflowVersion: after,
      apiVersion: api,
    });
  });

  it('is asked again after a while, so that a small upgrade is noticed too', async () => {
    sandbox.setVersion(cluster, '3.0.6');
    const client = sandboxClient();
    const old = await client.info();
    expect(old.capabilities).not.toContain('human-in-the-loop');
    sandbox.setVersion(cluster, '3.3.2');
    await expect(client.info()).resolves.toEqual(old);
    const later = Date.now() + 10 * 60_000;
    jest.spyOn(Date, 'now').mockImplementation(() => later);
    const present = await client.info();
    expect(present.airflowVersion).toBe('3.3.2');
    expect(present.capabilities).toContain('human-in-the-loop');
  });

  it('is found out once for all who wait', async () => {
    sandbox.setVersion(cluster, '3.3.2');
    const client = sandboxClient();
    await Promise.all([
      client.ask(health, area => area.components()),
      client.info(),
      dagsOf(client),
    ]);
    expect(requestsFor(/version/)).toBe(1);
    expect(requestsFor(/auth.token/)).toBe(1);
  });

  it('is found out all the same when one of those who wait leaves', async () => {
    const client = sandboxClient();
    const left = new AbortController();
    const gone = client.info({ signal: left.signal });
    const staying = client.info();
    left.abort(new Error('the reader left'));
    await expect(gone).rejects.toThrow('the reader left');
    await expect(staying).resolves.toMatchObject({ apiVersion: 'v2' });
  });

  it.each([
    ['2.10.5-composer', 'v1', []],
    ['3.1.0+astro.1', 'v2', ['human-in-the-loop', 'backfills']],
  ])('is read from %s', async (version, apiVersion, capabilities) => {
    const server = await serve((request, response) => {
      const right = request.url === `/api/${apiVersion}/version`;
      response.writeHead(right ? 200 : 404, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify(right ? { version } : {}));
    });
    const client = clientOf(server.url, { type: 'none' });
    await expect(client.info()).resolves.toMatchObject({
      airflowVersion: version,
      apiVersion,
      capabilities: expect.arrayContaining(capabilities),
    });
    await server.close();
  });

  it('is asked with credentials where strangers are not told', async () => {
    const server = await serve((request, response) => {
      const known = request.headers.authorization === 'Bearer t0ken';
      response.writeHead(known ? 200 : 401, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify(known ? { version: '3.3.2' } : {}));
    });
    await expect(
      clientOf(server.url, { type: 'token', token: 't0ken' }).info(),
    ).resolves.toMatchObject({ airflowVersion: '3.3.2' });
    await expect(
      clientOf(server.url, { type: 'token', token: 'old' }).info(),
    ).rejects.toMatchObject({ code: 'unauthorized' });
    const user = { username: 'portal', password: 'hunter2' };
    await expect(
      clientOf(server.url, { type: 'password', ...user }).info(),
    ).rejects.toMatchObject({
      code: 'unauthorized',
      message:
        'Cluster prod-eu does not tell its version to strangers, and the way to sign in depends on it',
    });
    await server.close();
  });
});
