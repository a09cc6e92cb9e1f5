import type { AirflowResourceFacts } from '@airflow-fleet/backstage-plugin-airflow-node';
import type { ClusterRegistry } from '../clusters';
import { dagKey, type DagName, type ResourceStore } from '../store';

/** Reads of clusters, DAGs and alerts what permission rules ask about. */
export class ResourceReader {
  constructor(
    private readonly registry: ClusterRegistry,
    private readonly store: ResourceStore,
  ) {}

  cluster(name: string): AirflowResourceFacts | undefined {
    const cluster = this.registry.get(name);
    return (
      cluster && {
        cluster: name,
        environment: cluster.environment,
        owner: cluster.owner?.toLowerCase() ?? null,
        tags: cluster.tags,
        dagId: null,
        ruleType: null,
      }
    );
  }

  /** One for each name, in order. */
  async dags(
    names: readonly (DagName | undefined)[],
  ): Promise<(AirflowResourceFacts | undefined)[]> {
    const found = await this.store.dags(names.flatMap(name => name ?? []));
    return names.map(name => {
      const row = name && found.get(dagKey(name));
      return row && this.toFacts({ ...row, ruleType: null });
    });
  }

  /** One for each id, in order. */
  async alerts(
    ids: readonly string[],
  ): Promise<(AirflowResourceFacts | undefined)[]> {
    const found = await this.store.alerts(ids);
    return ids.map(id => {
      const row = found.get(id);
      return row && this.toFacts(row);
    });
  }

  /** Of a cluster that is no longer configured there is nothing to grant. */
  private toFacts(
    row: Omit<AirflowResourceFacts, 'environment'>,
  ): AirflowResourceFacts | undefined {
    const cluster = this.registry.get(row.cluster);
    return cluster && { ...row, environment: cluster.environment };
  }
}
