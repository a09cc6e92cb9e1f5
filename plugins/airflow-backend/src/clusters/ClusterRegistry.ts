import type { AirflowAuthStrategy } from '@airflow-fleet/backstage-plugin-airflow-node';
import { createAirflowClient, type AirflowClient } from '../airflow';
import type { ClusterConfig } from '../config';

/** A configured cluster and the client that talks to it. */
export interface RegisteredCluster extends ClusterConfig {
  client: AirflowClient;
}

/** The clusters that the portal knows. */
export class ClusterRegistry {
  private readonly clusters: Map<string, RegisteredCluster>;

  /** @throws InputError when a cluster names an unknown way of signing in, or configures a known one wrongly */
  static create(options: {
    clusters: readonly ClusterConfig[];
    authStrategies: readonly AirflowAuthStrategy[];
  }): ClusterRegistry {
    throw new Error(`${options} ${createAirflowClient}`);
  }

  private constructor(clusters: readonly RegisteredCluster[]) {
    this.clusters = new Map(clusters.map(cluster => [cluster.name, cluster]));
  }

  get(name: string): RegisteredCluster | undefined {
    return this.clusters.get(name);
  }

  /** In the order of the configuration. */
  list(): RegisteredCluster[] {
    return [...this.clusters.values()];
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    await Promise.allSettled(this.list().map(({ client }) => client.close()));
  }
}
