import {
  capabilities,
  componentHealthSchema,
  type Cluster,
  type Collection,
  type ComponentHealth,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { AirflowInfo } from '../airflow';
import { readClusterCounts } from './clusterCounts';
import { CollectionStore } from './CollectionStore';
import type { ReadScope } from './types';

/** What is stored of one cluster. */
export interface StoredCluster {
  name: string;
  /** Null until it was read once. */
  info: AirflowInfo | null;
  components: ComponentHealth[];
  /** Null as long as its DAGs and runs were never all read, or when none of its DAGs may be counted. */
  counts: Cluster['counts'];
  collections: Collection[];
}

interface ClusterRow {
  name: string;
  airflow_version: string;
  api_version: string;
  capabilities: string;
  components: string;
}

const componentsSchema = z.array(componentHealthSchema);
/** Written by this release or another, which may know more of them. */
const namesSchema = z.array(z.string());

/** What was last read about each cluster itself. */
export class ClusterStore {
  constructor(private readonly db: Knex) {}

  /**
   * One entry for each cluster of the scope, in its order, also for those never read.
   *
   * @param dags - the DAGs that are counted
   */
  async readAll(
    scope: ReadScope,
    dags: ReadScope = scope,
    now = new Date(),
  ): Promise<StoredCluster[]> {
    const names = scope.clusters.map(({ name }) => name);
    const rows: ClusterRow[] = await this.db('airflow_clusters').whereIn(
      'name',
      names,
    );
    const byName = new Map(rows.map(row => [row.name, row]));
    const collections = await new CollectionStore(this.db).list(scope);
    const counts = await readClusterCounts(this.db, dags, now);
    return names.map(name => {
      const row = byName.get(name);
      const own = collections.get(name) ?? [];
      return {
        name,
        info: row ? toInfo(row) : null,
        components: row ? parseComponents(row.components) : [],
        counts: wasAllRead(own) ? counts.get(name) ?? null : null,
        collections: own,
      };
    });
  }

  async save(
    name: string,
    read: { info: AirflowInfo; components: ComponentHealth[]; readAt: Date },
  ): Promise<void> {
    const { info, components, readAt } = read;
    await this.db('airflow_clusters')
      .insert({
        name,
        airflow_version: info.airflowVersion,
        api_version: info.apiVersion,
        capabilities: JSON.stringify(info.capabilities),
        components: JSON.stringify(components),
        read_at: readAt.getTime(),
      })
      .onConflict('name')
      .merge()
      .whereRaw('airflow_clusters.read_at <= excluded.read_at');
  }
}

/** No figure is shown for what was not read: a zero would look like good news. */
function wasAllRead(collections: readonly Collection[]): boolean {
  return (['inventory', 'runs'] as const).every(kind =>
    collections.some(own => own.kind === kind && own.lastSuccessAt !== null),
  );
}

export function parseComponents(column: string): ComponentHealth[] {
  return componentsSchema.parse(JSON.parse(column));
}

function toInfo(row: ClusterRow): AirflowInfo {
  const stored = namesSchema.parse(JSON.parse(row.capabilities));
  return {
    airflowVersion: row.airflow_version,
    apiVersion: row.api_version === 'v1' ? 'v1' : 'v2',
    capabilities: capabilities.filter(known => stored.includes(known)),
  };
}
