import type { ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { PortalApi } from '../PortalApi';
import { start, stop } from '../processes';

const config = resolve(__dirname, '../app-config.yaml');

/** One process of the backend plugin, which can be killed and started again over the same database. */
export class Replica extends PortalApi {
  #process: ChildProcess | undefined;

  constructor(
    private readonly options: {
      port: number;
      database: object;
      /** The section `airflow` of app-config, beside what bench/app-config.yaml says. */
      airflow: { clusters: object[]; alerts: object };
    },
  ) {
    super(`http://localhost:${options.port}`);
  }

  async start(): Promise<void> {
    const { port, database, airflow } = this.options;
    const { process } = await start('portal.ts', ['--config', config], {
      LOG_LEVEL: 'error',
      APP_CONFIG_backend_baseUrl: `http://localhost:${port}`,
      APP_CONFIG_backend_listen: `:${port}`,
      APP_CONFIG_backend_database: JSON.stringify(database),
      APP_CONFIG_airflow_clusters: JSON.stringify(airflow.clusters),
      APP_CONFIG_airflow_alerts: JSON.stringify(airflow.alerts),
    });
    this.#process = process;
  }

  /** kill -9 */
  async kill(): Promise<void> {
    if (this.#process) await stop(this.#process);
  }
}
