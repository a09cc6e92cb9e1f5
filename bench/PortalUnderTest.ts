import type { ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { z } from 'zod';
import { PortalApi } from './PortalApi';
import { start, stop } from './processes';

/** A database that a portal can run on. */
export interface Engine {
  name: string;
  database:
    | { client: 'better-sqlite3'; connection: { directory: string } }
    | { client: 'pg'; connection: string; prefix: string };
}

/**
 * Databases that a benchmark runs on; PostgreSQL where its connection string is given.
 *
 * @param prefix - of the names of its databases
 */
export function engines(prefix: string): Engine[] {
  const postgres =
    process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
  return [
    {
      name: 'SQLite',
      database: {
        client: 'better-sqlite3' as const,
        connection: { directory: mkdtempSync(join(tmpdir(), prefix)) },
      },
    },
    ...(postgres
      ? [
          {
            name: 'PostgreSQL',
            database: { client: 'pg' as const, connection: postgres, prefix },
          },
        ]
      : []),
  ];
}

/** What one reading of one cluster took. */
export interface Cost {
  cluster: string;
  kind: string;
  requests: number;
  durationMs: number;
}

/** What the last reading of each kind took. */
export function costsOf(clusters: Cluster[]): Cost[] {
  return clusters.flatMap(({ name, collections }) =>
    collections.map(({ kind, requests, durationMs }) => ({
      cluster: name,
      kind,
      requests,
      durationMs,
    })),
  );
}

const heldSchema = z.object({
  held: z.tuple([z.number(), z.number(), z.number()]),
});

/** Of all turns of an event loop how long the longest took, in milliseconds. */
export interface Held {
  p99: number;
  p999: number;
  longest: number;
}

/** What may run: the backend plugin alone, or all of the example portal with its app. */
const programs = {
  plugin: { file: 'portal.ts', configs: ['app-config.yaml'] },
  portal: {
    file: 'examplePortal.ts',
    configs: [
      '../app-config.yaml',
      'app-config.yaml',
      'app-config.browser.yaml',
    ],
  },
};

/** The backend plugin in a process of its own, over a given fleet. */
export class PortalUnderTest extends PortalApi {
  static readonly origin = 'http://localhost:9380';

  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    super(PortalUnderTest.origin);
    this.#process = process;
  }

  static async start(options: {
    database: object;
    sandboxUrl: string;
    clusters: { name: string; version: string }[];
    /** Clusters beside those of the sandbox, as they are configured. */
    others?: object[];
    program?: keyof typeof programs;
    /** In place of those that bind nothing. */
    limits?: object;
    /** In place of readings that nobody waits for. */
    intervals?: object;
  }): Promise<PortalUnderTest> {
    const { file, configs } = programs[options.program ?? 'plugin'];
    const clusters = options.clusters.map(({ name }) => ({
      name,
      baseUrl: `${options.sandboxUrl}/${name}`,
      auth: { type: 'password', username: 'admin', password: 'admin' },
      // The sandbox shares two cores with what is measured.
      limits: options.limits ?? {
        requestsPerMinute: 100_000,
        timeout: { minutes: 2 },
      },
    }));
    const { process } = await start(
      file,
      configs.flatMap(config => ['--config', resolve(__dirname, config)]),
      {
        LOG_LEVEL: 'error',
        APP_CONFIG_backend_database: JSON.stringify(options.database),
        APP_CONFIG_airflow_clusters: JSON.stringify([
          ...clusters,
          ...(options.others ?? []),
        ]),
        ...(options.intervals && {
          APP_CONFIG_airflow_intervals: JSON.stringify(options.intervals),
        }),
      },
    );
    return new PortalUnderTest(process);
  }

  /** Of its process. */
  get pid(): number {
    const { pid } = this.#process;
    if (pid === undefined) throw new Error('the portal is not running');
    return pid;
  }

  /** How long its event loop was held while something was done, in milliseconds. */
  async heldBy<T>(act: () => Promise<T>): Promise<{ held: Held; result: T }> {
    await this.heldSince();
    const result = await act();
    return { held: await this.heldSince(), result };
  }

  private async heldSince(): Promise<Held> {
    const answer = new Promise<unknown>(done =>
      this.#process.once('message', done),
    );
    this.#process.send('held');
    const [p99, p999, longest] = heldSchema.parse(await answer).held;
    return { p99, p999, longest };
  }

  async clusters(): Promise<Cluster[]> {
    const answer = await this.get('/clusters');
    return airflowEndpoints.listClusters.response.parse(answer).items;
  }

  /** Has every cluster read until the portal knows its whole history, and tells what that took. */
  async fill(limitMs: number): Promise<{ clusters: Cluster[]; costs: Cost[] }> {
    const end = performance.now() + limitMs;
    await this.untilAttempted(end);
    const costs = costsOf(await this.clusters());
    const fillOne = async (name: string) => {
      while (performance.now() < end) {
        const cluster = (await this.clusters()).find(c => c.name === name);
        const runs = cluster?.collections.find(({ kind }) => kind === 'runs');
        if (!runs || runs.problem) throw new Error(JSON.stringify(cluster));
        if (runs.lastSuccessAt) return;
        await this.refresh(name, ['runs']);
        const after = (await this.clusters()).filter(c => c.name === name);
        costs.push(...costsOf(after).filter(({ kind }) => kind === 'runs'));
      }
      throw new Error(`not every cluster was read within ${limitMs} ms`);
    };
    const clusters = await this.clusters();
    await Promise.all(clusters.map(({ name }) => fillOne(name)));
    return { clusters: await this.clusters(), costs };
  }

  /** The scheduler's own first reading of everything. */
  private async untilAttempted(end: number): Promise<void> {
    while (performance.now() < end) {
      const clusters = await this.clusters();
      if (clusters.every(({ collections }) => collections.length === 3)) return;
      await new Promise(done => setTimeout(done, 500));
    }
    throw new Error('not every cluster was read in time');
  }

  stop(): Promise<void> {
    return stop(this.#process);
  }
}
