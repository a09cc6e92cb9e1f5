import type { ComponentHealth } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import { parseComponents } from './ClusterStore';
import type { StoredNumber } from '../kit/moments';

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
    const rows: { sampled_at: StoredNumber; components: string }[] =
      await this.db('airflow_health_samples')
        .where({ cluster })
        .where('sampled_at', '>=', since.getTime())
        .orderBy('sampled_at');
    return rows.map(row => ({
      sampledAt: new Date(Number(row.sampled_at)),
      components: parseComponents(row.components),
    }));
  }

  async add(cluster: string, sample: HealthSample): Promise<void> {
    await this.db('airflow_health_samples')
      .insert({
        cluster,
        sampled_at: sample.sampledAt.getTime(),
        components: JSON.stringify(sample.components),
      })
      .onConflict(['cluster', 'sampled_at'])
      .merge();
  }

  /** @returns how many samples were forgotten */
  async removeBefore(moment: Date): Promise<number> {
    return this.db('airflow_health_samples')
      .where('sampled_at', '<', moment.getTime())
      .delete();
  }
}
