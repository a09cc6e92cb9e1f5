import type { ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { PortalApi } from '../bench/PortalApi';
import { start, stop } from '../bench/processes';
import type { RealAirflow } from './realAirflows';

const FIRST_READING_MS = 3 * 60_000;

/** The backend plugin over real Airflows, in a process of its own, with its database in a folder. */
export class TrialPortal extends PortalApi {
  private constructor(origin: string, private readonly process: ChildProcess) {
    super(origin);
  }

  static async start(options: {
    directory: string;
    airflows: readonly RealAirflow[];
    port: number;
    /** Of the section `airflow`, beside the clusters. */
    airflow?: object;
  }): Promise<TrialPortal> {
    const { directory, airflows, port, airflow = {} } = options;
    const clusters = airflows.map(({ name, baseUrl }) => ({
      name,
      baseUrl,
      auth: { type: 'password', username: 'admin', password: 'admin' },
      limits: { requestsPerMinute: 10_000, timeout: { seconds: 30 } },
    }));
    const origin = `http://localhost:${port}`;
    const { process } = await start(
      'portal.ts',
      ['--config', resolve(__dirname, 'app-config.yaml')],
      {
        LOG_LEVEL: 'error',
        APP_CONFIG_backend_baseUrl: origin,
        APP_CONFIG_backend_listen: `:${port}`,
        APP_CONFIG_backend_database: JSON.stringify({
          client: 'better-sqlite3',
          connection: { directory },
        }),
        APP_CONFIG_airflow: JSON.stringify({ ...airflow, clusters }),
      },
    );
    return new TrialPortal(origin, process);
  }

  /** Has a cluster read until the portal knows all of its runs. */
  async readWhole(cluster: string): Promise<void> {
    const deadline = Date.now() + FIRST_READING_MS;
    for (;;) {
      await this.refresh(cluster, ['health', 'inventory', 'runs']);
      const { collections } = airflowEndpoints.getCluster.response.parse(
        await this.get(`/clusters/${cluster}`),
      );
      if (
        collections.length > 0 &&
        collections.every(({ lastSuccessAt }) => lastSuccessAt !== null)
      ) {
        return;
      }
      if (Date.now() > deadline) {
        throw new Error(`${cluster}: ${JSON.stringify(collections)}`);
      }
      await sleep(500);
    }
  }

  async stop(): Promise<void> {
    await stop(this.process);
  }
}
