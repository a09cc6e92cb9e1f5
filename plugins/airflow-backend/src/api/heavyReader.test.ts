import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { mockCredentials } from '@backstage/backend-test-utils';
import { demoFleet, startSandbox } from 'airflow-sandbox';
import http from 'node:http';
import { startPortal, type Portal } from '../__testUtils__/portal';

const cluster = 'prod-eu';
/** The most that one reader gets of the 300 requests a minute while nobody else asks. */
const SHARE = 150;

let portal: Portal;
let base: string;

beforeAll(async () => {
  const sandbox = await startSandbox({ fleet: demoFleet(), port: 0 });
  const airflow = {
    clusters: [
      {
        name: cluster,
        baseUrl: `${sandbox.url}/${cluster}`,
        auth: { type: 'basic', username: 'admin', password: 'admin' },
      },
    ],
    history: { hours: 6 },
  };
  portal = await startPortal({ over: { sandbox, airflow } });
  await portal.refresh(cluster).expect(200);
  const { body } = await portal
    .get(`/runs?cluster=${cluster}&dagId=mapped_images&limit=1`)
    .expect(200);
  const [{ runId }] = airflowEndpoints.listRuns.response.parse(body).items;
  base = `/clusters/${cluster}/dags/mapped_images/runs/${encodeURIComponent(
    runId,
  )}/tasks/resize/facts?mapIndex=`;
  // What does not come at once is what a hurried reader does not wait for.
  sandbox.addFault({ kind: 'latency', ms: 20, path: 'taskInstances' });
});
afterAll(() => portal.stop());

/** Asks as somebody, and hangs up at once or waits for the answer. */
function ask(
  user: string,
  path: string,
  { hangsUp = false } = {},
): Promise<{ status?: number; retryAfter?: string }> {
  return new Promise((answered, failed) => {
    const request = http.get(
      portal.url + path,
      {
        agent: false,
        headers: {
          authorization: mockCredentials.user.header(`user:default/${user}`),
        },
      },
      response => {
        response.resume();
        const { statusCode: status, headers } = response;
        response.on('end', () =>
          answered({ status, retryAfter: headers['retry-after'] }),
        );
      },
    );
    request.on('error', error => (hangsUp ? answered({}) : failed(error)));
    request.once('socket', socket =>
      socket.once('connect', () => {
        if (hangsUp) setImmediate(() => request.destroy());
      }),
    );
  });
}

const times = <T>(count: number, each: (i: number) => T) =>
  Array.from({ length: count }, (_, i) => each(i));

const factsAsked = () =>
  portal.sandbox
    .requests()
    .routes.filter(({ route }) => route.includes('taskInstances'))
    .reduce((sum, { count }) => sum + count, 0);

it('tells a reader who waits when to come again, and answers others', async () => {
  const greedy = await Promise.all(
    times(120, i => ask('greedy', base + (1_100 + i))),
  );
  const refused = greedy.filter(({ status }) => status !== 200);
  expect(refused.length).toBeGreaterThan(0);
  for (const { status, retryAfter } of refused) {
    expect(status).toBe(429);
    expect(Number(retryAfter)).toBeGreaterThan(0);
  }
  const late = await ask('late', `${base}1900`);
  expect(late.status).toBe(200);
  await portal.refresh(cluster, ['health', 'runs']).expect(200);
});

it('lets a reader who hangs up 900 times take nothing from readings and others', async () => {
  portal.sandbox.resetRequests();
  const hurried = Promise.all(
    times(900, i => ask('hurried', base + i, { hangsUp: true })),
  );
  const readings = portal.refresh(cluster).expect(200);
  const others = await Promise.all(
    times(10, i => ask('other', base + (1_000 + i))),
  );
  expect(others.map(({ status }) => status)).toEqual(times(10, () => 200));
  const { body } = await readings;
  const { status, problem, collections } =
    airflowEndpoints.getCluster.response.parse(body);
  expect({ status, problem }).toEqual({ status: 'healthy', problem: null });
  expect(collections.map(({ problem: own }) => own)).toEqual([
    null,
    null,
    null,
  ]);
  await hurried;
  const alerts = await portal.get(`/alerts?cluster=${cluster}`).expect(200);
  const told = airflowEndpoints.listAlerts.response
    .parse(alerts.body)
    .items.map(({ ruleType }) => ruleType);
  expect(told).not.toContain('cluster-unreachable');
  expect(told).not.toContain('readings-failing');
  expect(factsAsked()).toBeLessThanOrEqual(SHARE + 20);
  expect(portal.logged().filter(line => /fail/i.test(line))).toEqual([]);
});
