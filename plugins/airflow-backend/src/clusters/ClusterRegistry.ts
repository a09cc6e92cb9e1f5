import type { AirflowAuthStrategy } from '@airflow-fleet/backstage-plugin-airflow-node';
import { InputError, isError } from '@backstage/errors';
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
    const { clusters, authStrategies } = options;
    return new ClusterRegistry(
      clusters.map(cluster => ({
        ...cluster,
        client: createAirflowClient({
          ...cluster,
          authenticator: authenticatorOf(cluster, authStrategies),
        }),
      })),
    );
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

function authenticatorOf(
  { name, auth }: ClusterConfig,
  strategies: readonly AirflowAuthStrategy[],
): ReturnType<AirflowAuthStrategy['fromConfig']> {
  const type = auth.getString('type');
  const strategy = strategies.find(candidate => candidate.type === type);
  if (!strategy) {
    const known = strategies.map(candidate => candidate.type).join(', ');
    throw new InputError(
      `Airflow cluster ${name}: auth.type is ${type}, but known are ${known}; others come with a backend module`,
    );
  }
  try {
    return strategy.fromConfig(auth);
  } catch (error) {
    const words = isError(error) ? error.message : 'auth is wrong';
    throw new InputError(`Airflow cluster ${name}: ${words}`);
  }
}
