import airflowPlugin from '@airflow-fleet/backstage-plugin-airflow-backend';
import {
  coreServices,
  createServiceFactory,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { demoFleet, startSandbox } from 'airflow-sandbox';
import permissionBackend from '@backstage/plugin-permission-backend';
import request, { type Test } from 'supertest';
// The tests of the plugin hold its answers to its document too; no package has what is for tests alone.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { heldToDocument } from '../../../../plugins/airflow-backend/src/__testUtils__/heldToDocument';
import examplePolicy from '../examplePolicy';

/** People of examples/org.yaml: one of the platform team, one of another team, one of none. */
export const teams = {
  ada: ['group:default/platform'],
  grace: ['group:default/payments'],
  viewer: [],
} as const;

export type Person = keyof typeof teams;
export const people: Person[] = ['ada', 'grace', 'viewer'];

/** The Airflow backend with the portal's own permission service and the example policy, over a sandbox. */
export interface GovernedPortal {
  /** Each answer is held to the OpenAPI document. */
  ask(
    person: Person,
    method: 'get' | 'post' | 'patch',
    path: string,
    body?: object,
  ): Test;
  /** As the search of the portal asks for each document that it found. */
  maySee(
    person: Person,
    documents: readonly { permission: object; resourceRef: string }[],
  ): Promise<boolean[]>;
  stop(): Promise<void>;
}

/** The usual test service forgets that it is a plugin which asks for a person, and that decides what may be asked. */
const authOfPlugins = createServiceFactory({
  service: coreServices.auth,
  deps: { plugin: coreServices.pluginMetadata },
  factory({ plugin }) {
    const usual = mockServices.auth({ pluginId: plugin.getId() });
    const ask = usual.getPluginRequestToken.bind(usual);
    return Object.assign(usual, {
      async getPluginRequestToken(options: Parameters<typeof ask>[0]) {
        const { onBehalfOf } = options;
        if (!usual.isPrincipal(onBehalfOf, 'user')) return ask(options);
        return {
          token: mockCredentials.user.token(
            onBehalfOf.principal.userEntityRef,
            { actor: { subject: `plugin:${plugin.getId()}` } },
          ),
        };
      },
    });
  },
});

/** Says of each person which teams are theirs, as the portal's sign-in does. */
const userInfo = createServiceFactory({
  service: coreServices.userInfo,
  deps: { auth: coreServices.auth },
  factory: ({ auth }) => ({
    async getUserInfo(credentials: BackstageCredentials) {
      if (!auth.isPrincipal(credentials, 'user')) throw new NotAllowedError();
      const ref = credentials.principal.userEntityRef;
      const person = people.find(name => ref === refOf(name));
      return {
        userEntityRef: ref,
        ownershipEntityRefs: [ref, ...(person ? teams[person] : [])],
      };
    },
  }),
});

export async function startGovernedPortal(): Promise<GovernedPortal> {
  const sandbox = await startSandbox({ fleet: demoFleet(), port: 0 });
  const cluster = (name: string, type: string) => ({
    name,
    baseUrl: `${sandbox.url}/${name}`,
    environment: 'production',
    owner: 'group:default/platform',
    auth: { type, username: 'admin', password: 'admin' },
    limits: { requestsPerMinute: 100_000 },
  });
  const clusters = [
    cluster('prod-eu', 'basic'),
    cluster('prod-us', 'airflow3'),
  ];
  const rules = [{ name: 'any-failure', type: 'run-failed' }];
  const backend = await startTestBackend({
    features: [
      airflowPlugin,
      permissionBackend,
      examplePolicy,
      permissionsServiceFactory,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'https://portal.example.com' },
          permission: { enabled: true },
          airflow: { clusters, history: { days: 1 }, alerts: { rules } },
        },
      }),
      authOfPlugins,
      userInfo,
    ],
  });
  const send = (
    person: Person,
    method: 'get' | 'post' | 'patch',
    path: string,
    body?: object,
  ) =>
    request(backend.server)
      [method](`/api${path}`)
      .set('authorization', mockCredentials.user.header(refOf(person)))
      .send(body);
  return {
    ask: (person, method, path, body) =>
      send(person, method, `/airflow${path}`, body).expect(answer =>
        heldToDocument(method, path, answer),
      ),
    maySee: async (person, documents) => {
      const items = documents.map((document, i) => ({
        id: `${i}`,
        ...document,
      }));
      const { body } = await send(person, 'post', '/permission/authorize', {
        items,
      }).expect(200);
      return body.items.map(
        ({ result }: { result: string }) => result === 'ALLOW',
      );
    },
    stop: async () => {
      await backend.stop();
      await sandbox.close();
    },
  };
}

function refOf(person: Person): string {
  return `user:default/${person}`;
}
