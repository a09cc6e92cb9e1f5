import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { AirflowBackendClient } from '@airflow-fleet/backstage-plugin-airflow-node';
import type { SchedulerServiceTaskRunner } from '@backstage/backend-plugin-api';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { clusterEntity, type ClusterEntityOptions } from './clusterEntity';

interface AirflowClusterProviderOptions extends ClusterEntityOptions {
  airflow: AirflowBackendClient;
  runner: SchedulerServiceTaskRunner;
}

/** Gives the catalog every cluster of the portal, again and again. */
export class AirflowClusterProvider implements EntityProvider {
  constructor(private readonly options: AirflowClusterProviderOptions) {}

  getProviderName(): string {
    return 'airflow-clusters';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    await this.options.runner.run({
      id: 'airflow-clusters-refresh',
      fn: () => this.refresh(connection),
    });
  }

  /** A failure leaves the catalog as it is. */
  private async refresh(connection: EntityProviderConnection): Promise<void> {
    const { items } = await this.options.airflow.get(
      airflowEndpoints.listClusters,
    );
    await connection.applyMutation({
      type: 'full',
      entities: items.map(cluster => ({
        entity: clusterEntity(cluster, this.options),
        locationKey: this.getProviderName(),
      })),
    });
  }
}
