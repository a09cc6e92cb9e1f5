import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
  type LoggerService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { CollectionKind } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Permission } from '@backstage/plugin-permission-common';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import { demoFleet, startSandbox, type RunningSandbox } from 'airflow-sandbox';
import type { Knex } from 'knex';
import { inspect } from 'node:util';
import request, { type Test } from 'supertest';
import airflowPlugin from '..';
import { heldToDocument } from './heldToDocument';

type Method = 'get' | 'post' | 'patch' | 'put' | 'delete' | 'options';

/** The backend plugin over a sandbox of its own, asked through its HTTP API. */
export interface Portal {
  sandbox: RunningSandbox;
  ask(method: Method, path: string): Test;
  /** Where the API is. */
  url: string;
  get(path: string): Test;
  post(path: string, body?: object): Test;
  patch(path: string, body: object): Test;
  /** Has a cluster read, all of it or some kinds of fact, and answers with the cluster as the API then shows it. */
  refresh(cluster: string, kinds?: CollectionKind[]): Test;
  /** Does what the portal's scheduler would do by and by. */
  run(taskId: string): Promise<void>;
  /** The audit events so far. */
  audited(): { eventId: string; status: string; meta: unknown }[];
  /** The lines of the plugin's log so far. */
  logged(): string[];
  stop(): Promise<void>;
}

/** Cluster names and ways of signing in as the demo fleet has them. */
function clustersOf(url: string) {
  const cluster = (name: string, type: string, more: object = {}) => ({
    name,
    baseUrl: `${url}/${name}`,
    auth: { type, username: 'admin', password: 'admin' },
    limits: { requestsPerMinute: 100_000 },
    ...more,
  });
  return [
    cluster('prod-eu', 'basic', { environment: 'production' }),
    cluster('prod-us', 'airflow3', { environment: 'production' }),
    cluster('staging-eu', 'password', { environment: 'staging' }),
    cluster('research', 'basic', { readOnly: true }),
  ];
}

function loggerInto(lines: string[]): LoggerService {
  const note = (message: string, meta?: Error | JsonObject) => {
    lines.push(meta ? `${message} ${inspect(meta, { depth: null })}` : message);
  };
  const logger: LoggerService = {
    error: note,
    warn: note,
    info: note,
    debug: note,
    child: () => logger,
  };
  return logger;
}

async function demo() {
  const sandbox = await startSandbox({ fleet: demoFleet(), port: 0 });
  return { sandbox, airflow: { clusters: clustersOf(sandbox.url) } };
}

/** Starts the plugin; nothing is read before `refresh` is called. */
export async function startPortal(
  options: {
    db?: Knex;
    denies?: (permission: Permission) => boolean;
    /** Of `airflow`, beside the clusters. */
    config?: JsonObject;
    /** Such as services in place of the usual ones. */
    features?: BackendFeature[];
    /** A sandbox and a section `airflow` of app-config in place of the demo fleet's; stopped with the portal. */
    over?: { sandbox: RunningSandbox; airflow: object };
  } = {},
): Promise<Portal> {
  const { db, denies = () => false, config, features = [] } = options;
  const { sandbox, airflow } = options.over ?? (await demo());
  const scheduler = mockServices.scheduler();
  const decide = async (asked: { permission: Permission }[]) =>
    asked.map(
      ({ permission }) =>
        ({
          result: denies(permission)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        } as const),
    );
  const lines: string[] = [];
  const events: { eventId: string; status: string; meta: unknown }[] = [];
  const backend = await startTestBackend({
    features: [
      airflowPlugin,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'https://portal.example.com' },
          airflow: { ...airflow, ...config },
        },
      }),
      mockServices.permissions.mock({
        authorize: decide,
        authorizeConditional: decide,
      }).factory,
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      mockServices.logger.mock(loggerInto(lines)).factory,
      mockServices.auditor.mock({
        createEvent: async ({ eventId, meta }) => {
          const note =
            (status: string) => async (outcome?: { meta?: JsonObject }) => {
              events.push({
                eventId,
                status,
                meta: { ...meta, ...outcome?.meta },
              });
            };
          return { success: note('succeeded'), fail: note('failed') };
        },
      }).factory,
      ...(db
        ? [mockServices.database.mock({ getClient: async () => db }).factory]
        : []),
      ...features,
    ],
  });
  const ask = (method: Method, path: string) =>
    request(backend.server)
      [method](`/api/airflow${path}`)
      .set('authorization', mockCredentials.user.header())
      .expect(response => heldToDocument(method, path, response));
  return {
    sandbox,
    ask,
    url: `http://127.0.0.1:${backend.server.port()}/api/airflow`,
    get: path => ask('get', path),
    post: (path, body) => ask('post', path).send(body),
    patch: (path, body) => ask('patch', path).send(body),
    refresh: (cluster, kinds) =>
      ask('post', `/clusters/${cluster}/refresh`).send(kinds && { kinds }),
    run: taskId => scheduler.triggerTask(taskId),
    audited: () => events,
    logged: () => lines,
    stop: async () => {
      await backend.stop();
      await sandbox.close();
    },
  };
}
