import type { Problem } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { generatedFleet, startSandbox } from 'airflow-sandbox';
import { startPortal, type Portal } from '../__testUtils__/portal';

// The generated fleet has an Airflow 2 first and an Airflow 3 second.
const at = { two: '/cluster-001', three: '/cluster-002' };

const wrongPassword = 'correct horse battery';

interface Mistake {
  name: string;
  mistake: string;
  /** Below the sandbox, or an address of its own. */
  baseUrl: string;
  auth: { type: string; password?: string; token?: string };
  /** Airflow 2 tells its health to anybody, so that only the rest shows what is wrong. */
  status: 'unreachable' | 'degraded';
  problem: Pick<Problem, 'code' | 'message' | 'hint'>;
}

function address(name: string, what: string): Mistake['problem'] {
  return {
    code: 'not-an-airflow',
    message: `Cluster ${name} answered with ${what} where Airflow's API should be`,
    hint: `Check baseUrl of cluster ${name}: it is Airflow's address with its path, if it has one, and without /api`,
  };
}

function credentials(name: string, keys: string): Mistake['problem'] {
  return {
    code: 'unauthorized',
    message: `Cluster ${name} refused the portal's credentials`,
    hint: `Check ${keys} of cluster ${name}`,
  };
}

const mistakes: Mistake[] = [
  {
    name: 'path-of-2',
    mistake: 'a wrong path to an Airflow 2',
    baseUrl: `${at.two}/home`,
    auth: { type: 'basic' },
    status: 'unreachable',
    problem: address('path-of-2', 'a 404 page'),
  },
  {
    name: 'path-of-3',
    mistake: 'a wrong path to an Airflow 3',
    baseUrl: `${at.three}/home`,
    auth: { type: 'airflow3' },
    status: 'unreachable',
    problem: address('path-of-3', 'a web page'),
  },
  {
    name: 'password-of-2',
    mistake: 'a wrong password for an Airflow 2',
    baseUrl: at.two,
    auth: { type: 'basic', password: wrongPassword },
    status: 'degraded',
    problem: credentials(
      'password-of-2',
      'auth.type, auth.username and auth.password',
    ),
  },
  {
    name: 'password-of-3',
    mistake: 'a wrong password for an Airflow 3',
    baseUrl: at.three,
    auth: { type: 'airflow3', password: wrongPassword },
    status: 'unreachable',
    problem: credentials('password-of-3', 'auth.username and auth.password'),
  },
  {
    name: 'type-of-2',
    mistake: 'the sign-in of Airflow 3 for an Airflow 2',
    baseUrl: at.two,
    auth: { type: 'airflow3' },
    status: 'unreachable',
    problem: {
      code: 'unauthorized',
      message: 'Cluster type-of-2 has no sign-in as Airflow 3 has it',
      hint: 'Set auth.type of cluster type-of-2 to basic for Airflow 2, or to password, which suits both',
    },
  },
  {
    name: 'type-of-3',
    mistake: 'the sign-in of Airflow 2 for an Airflow 3',
    baseUrl: at.three,
    auth: { type: 'basic' },
    status: 'degraded',
    problem: credentials(
      'type-of-3',
      'auth.type, auth.username and auth.password',
    ),
  },
  {
    name: 'line-break',
    mistake: 'a line break in a token',
    baseUrl: at.three,
    auth: { type: 'token', token: 'half of a\ntoken' },
    status: 'unreachable',
    problem: {
      code: 'unauthorized',
      message:
        'What the portal would sign in with to cluster line-break cannot stand in an HTTP header',
      hint: 'Look for line breaks, and for letters beyond ASCII, in auth of cluster line-break',
    },
  },
  {
    name: 'port',
    mistake: 'a port where nothing listens',
    baseUrl: 'http://127.0.0.1:9',
    auth: { type: 'password' },
    status: 'unreachable',
    problem: {
      code: 'unreachable',
      message:
        'Cluster port could not be reached at 127.0.0.1:9: nothing listens there (connection refused)',
      hint: 'Check that this Airflow runs, and baseUrl, proxy and firewalls between the portal and cluster port',
    },
  },
];

let portal: Portal;

beforeAll(async () => {
  const fleet = generatedFleet({ clusters: 2, dagsPerCluster: 3 });
  const sandbox = await startSandbox({ fleet, port: 0 });
  const signIn = { username: 'admin', password: 'admin' };
  const right = { name: 'right', baseUrl: at.two, auth: { type: 'basic' } };
  const clusters = [...mistakes, right].map(({ name, baseUrl, auth }) => ({
    name,
    baseUrl: baseUrl.startsWith('/') ? sandbox.url + baseUrl : baseUrl,
    auth: { ...signIn, ...auth },
  }));
  const airflow = { clusters, history: { hours: 6 } };
  portal = await startPortal({ over: { sandbox, airflow } });
  await Promise.all(
    clusters.map(({ name }) => portal.refresh(name).expect(200)),
  );
});
afterAll(() => portal.stop());

describe.each(mistakes)('$mistake', ({ name, status, problem }) => {
  it('is told with what to do', async () => {
    const { body } = await portal.get(`/clusters/${name}`).expect(200);
    const cluster = airflowEndpoints.getCluster.response.parse(body);
    expect(cluster).toMatchObject({ status, problem });
    for (const { kind, ...collection } of cluster.collections) {
      const isRead = kind === 'health' && status === 'degraded';
      expect(collection).toMatchObject({
        problem: isRead ? null : { ...problem, cluster: name },
        lastSuccessAt: isRead ? collection.lastAttemptAt : null,
      });
    }
  });

  it('shows no figure and no empty list as if it had been read', async () => {
    const { body: cluster } = await portal.get(`/clusters/${name}`).expect(200);
    expect(cluster.counts).toBeNull();
    for (const path of ['dags', 'runs']) {
      const { body } = await portal.get(`/${path}?cluster=${name}`).expect(200);
      expect(body).toMatchObject({
        items: [],
        coverage: [{ cluster: name, readAt: null, stale: true }],
      });
    }
  });
});

it('reads the cluster beside all of these', async () => {
  const { body } = await portal.get('/clusters/right').expect(200);
  expect(body).toMatchObject({ status: 'healthy', counts: { dags: 3 } });
});

it('logs each mistake, and shows no password', async () => {
  const log = portal.logged().join('\n');
  const { text } = await portal.get('/clusters').expect(200);
  for (const { problem } of mistakes) expect(log).toContain(problem.message);
  for (const shown of [log, text]) {
    expect(shown).not.toContain(wrongPassword);
    expect(shown).not.toContain(btoa(`admin:${wrongPassword}`));
  }
});
