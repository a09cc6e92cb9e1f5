import type { ChildProcess } from 'node:child_process';
import {
  airflowEndpoints,
  type Cluster,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { start, stop } from './processes';

const base = 'http://localhost:9380/api/airflow';
const headers = { authorization: 'Bearer benchmark-token-benchmark-token' };

/** Databases that a benchmark runs on; PostgreSQL where its connection string is given. */
export function engines(): { name: string; database: object }[] {
  const postgres =
    process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
  return [
    {
      name: 'SQLite',
      database: { client: 'better-sqlite3', connection: ':memory:' },
    },
    ...(postgres
      ? [
          {
            name: 'PostgreSQL',
            database: { client: 'pg', connection: postgres },
          },
        ]
      : []),
  ];
}

/** The backend plugin in a process of its own, over a given fleet. */
export class PortalUnderTest {
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  static async start(options: {
    database: object;
    sandboxUrl: string;
    clusters: { name: string; version: string }[];
  }): Promise<PortalUnderTest> {
    const clusters = options.clusters.map(({ name }) => ({
      name,
      baseUrl: `${options.sandboxUrl}/${name}`,
      auth: { type: 'password', username: 'admin', password: 'admin' },
    }));
    const { process } = await start(
      'portal.ts',
      ['--config', `${__dirname}/app-config.yaml`],
      {
        LOG_LEVEL: 'error',
        APP_CONFIG_backend_database: JSON.stringify(options.database),
        APP_CONFIG_airflow_clusters: JSON.stringify(clusters),
      },
    );
    return new PortalUnderTest(process);
  }

  /** Asks the portal's API and reads the whole answer. */
  async get(path: string): Promise<unknown> {
    const answer = await fetch(`${base}${path}`, { headers });
    const body = await answer.text();
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${body}`);
    return JSON.parse(body);
  }

  async clusters(): Promise<Cluster[]> {
    const answer = await this.get('/clusters');
    return airflowEndpoints.listClusters.response.parse(answer).items;
  }

  /** Has one kind of fact read again on one cluster. */
  async refresh(cluster: string, kinds: string[]): Promise<void> {
    const answer = await fetch(`${base}/clusters/${cluster}/refresh`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ kinds }),
    });
    if (!answer.ok)
      throw new Error(`refresh of ${cluster}: ${await answer.text()}`);
  }

  /** Waits until every cluster was read once, and answers with how that went. */
  async untilRead(limitMs: number): Promise<Cluster[]> {
    const end = performance.now() + limitMs;
    while (performance.now() < end) {
      const clusters = await this.clusters();
      const read = clusters.every(({ collections }) =>
        ['health', 'inventory', 'runs'].every(kind =>
          collections.some(c => c.kind === kind && c.lastSuccessAt !== null),
        ),
      );
      if (read) return clusters;
      await new Promise(done => setTimeout(done, 500));
    }
    throw new Error(`not every cluster was read within ${limitMs} ms`);
  }

  stop(): Promise<void> {
    return stop(this.#process);
  }
}
