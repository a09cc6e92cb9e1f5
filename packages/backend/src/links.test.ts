import airflowPlugin from '@airflow-fleet/backstage-plugin-airflow-backend';
import searchModuleAirflow from '@airflow-fleet/backstage-plugin-search-backend-module-airflow';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import notifications from '@backstage/plugin-notifications-backend';
import mails from '@backstage/plugin-notifications-backend-module-email';
import search from '@backstage/plugin-search-backend';
import { demoFleet, startSandbox, type RunningSandbox } from 'airflow-sandbox';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import request from 'supertest';
import { z } from 'zod';

const ADA = 'user:default/ada';
const PLATFORM = 'group:default/platform';
const entities = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'platform', namespace: 'default' },
    relations: [{ type: 'hasMember', targetRef: ADA }],
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: 'ada', namespace: 'default' },
    spec: { profile: { email: 'ada@example.com' } },
  },
];

/** Listens where there is room, and says where. */
async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server of TCP has an address of that kind.
  return (server.address() as AddressInfo).port;
}

/** Takes one mail and hands over what is in it. */
function mailServer(onMail: (mail: string) => void): Server {
  return createServer(socket => {
    let got = '';
    let inMail = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 mail.example.com');
    socket.on('error', () => undefined);
    socket.on('data', chunk => {
      got += chunk;
      if (inMail) {
        if (!got.endsWith('\r\n.\r\n')) return;
        inMail = false;
        // As quoted-printable folds and writes it.
        onMail(got.replace(/=\r\n/g, '').replace(/=3D/g, '='));
        say('250 taken');
      } else if (/^DATA/i.test(got)) {
        inMail = true;
        say('354 go on');
      } else {
        say(/^QUIT/i.test(got) ? '221 bye' : '250 fine');
      }
      got = '';
    });
  });
}

/** A portal that has the pages elsewhere, with all by which links to them get about. */
async function startElsewhere(
  sandbox: RunningSandbox,
  options: { mailPort: number; webhookPort: number; links: object },
) {
  const scheduler = mockServices.scheduler();
  const { mailPort, webhookPort, links } = options;
  const backend = await startTestBackend({
    features: [
      airflowPlugin,
      notifications,
      mails,
      search,
      searchModuleAirflow,
      catalogServiceMock.factory({ entities }),
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'https://portal.example.com/fleet' },
          notifications: {
            processors: {
              email: {
                transportConfig: {
                  transport: 'smtp',
                  hostname: '127.0.0.1',
                  port: mailPort,
                },
                sender: 'portal@example.com',
              },
            },
          },
          airflow: {
            links,
            clusters: [
              {
                name: 'prod-eu',
                owner: PLATFORM,
                baseUrl: `${sandbox.url}/prod-eu`,
                auth: { type: 'basic', username: 'admin', password: 'admin' },
              },
            ],
            history: { days: 1 },
            alerts: {
              rules: [{ name: 'any-failure', type: 'run-failed' }],
              routes: [
                { channels: ['notifications', 'pager'], to: [PLATFORM] },
              ],
              webhooks: [
                {
                  name: 'pager',
                  url: `http://127.0.0.1:${webhookPort}`,
                  secret: 'whsec_YS1zZWNyZXQtb2YtdGhlLXJlY2VpdmVy',
                },
              ],
              together: { wait: { seconds: 0 } },
            },
          },
        },
      }),
    ],
  });
  return { backend, scheduler };
}

describe.each([
  {
    where: 'at the address that Backstage knows',
    links: { path: '/data/airflow' },
    left: 'https://portal.example.com/fleet/data/airflow/alerts',
    bell: '/data/airflow/alerts',
  },
  {
    where: 'at an address of its own for people',
    links: { path: '/data/airflow', baseUrl: 'https://data.example.com/' },
    left: 'https://data.example.com/data/airflow/alerts',
    bell: 'https://data.example.com/data/airflow/alerts',
  },
])('links to pages elsewhere, $where', ({ links, left, bell }) => {
  let sandbox: RunningSandbox;
  let backend: TestBackend;
  let scheduler: ReturnType<typeof mockServices.scheduler>;
  let mail: Promise<string>;
  let called: Promise<string>;
  const servers: Server[] = [];

  const ask = (method: 'get' | 'post', path: string) =>
    request(backend.server)
      [method](`/api${path}`)
      .set('authorization', mockCredentials.user.header(ADA));

  beforeAll(async () => {
    sandbox = await startSandbox({ fleet: demoFleet(), port: 0 });
    let onMail: (text: string) => void = () => undefined;
    let onCall: (body: string) => void = () => undefined;
    mail = new Promise(done => (onMail = done));
    called = new Promise(done => (onCall = done));
    const webhook = createHttpServer(async (incoming, response) => {
      onCall(await text(incoming));
      response.end();
    });
    servers.push(mailServer(onMail), webhook);
    const [mailPort, webhookPort] = await Promise.all(servers.map(portOf));
    ({ backend, scheduler } = await startElsewhere(sandbox, {
      mailPort,
      webhookPort,
      links,
    }));
    await ask('post', '/airflow/clusters/prod-eu/refresh').expect(200);
  });
  afterAll(async () => {
    await backend.stop();
    await sandbox.close();
    for (const server of servers) server.close();
  });

  it('lead there from a webhook', async () => {
    const { link, alert } = z
      .object({ link: z.string(), alert: z.object({ id: z.string() }) })
      .parse(JSON.parse(await called));
    expect(link).toBe(`${left}/${alert.id}`);
  });

  it('lead there from a mail', async () => {
    expect(await mail).toContain(`<a href="${left}?cluster=prod-eu">`);
  });

  it('lead there from the bell', async () => {
    await mail;
    const { body } = await ask('get', '/notifications').expect(200);
    expect(body.notifications[0].payload.link).toBe(`${bell}?cluster=prod-eu`);
  });

  it('lead there from the search, within the portal', async () => {
    await scheduler.triggerTask('search_index_airflow_dag');
    const { body } = await ask(
      'get',
      '/search/query?term=load_orders&types[0]=airflow-dag',
    ).expect(200);
    expect(body.results[0].document.location).toBe(
      '/data/airflow/clusters/prod-eu/dags/load_orders',
    );
  });
});
