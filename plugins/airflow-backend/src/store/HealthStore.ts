import type { ComponentHealth } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';

/** One reading of a cluster's health. */
export interface HealthSample {
  sampledAt: Date;
  components: ComponentHealth[];
}

/** The health samples of each cluster within the retention. */
export class HealthStore {
  constructor(private readonly db: Knex) {}

  /** Oldest first. */
  async samples(cluster: string, since: Date): Promise<HealthSample[]> {
    throw new Error(`${this.db} ${cluster} ${since}`);
  }
}
