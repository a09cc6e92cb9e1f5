import type {
  Cluster,
  Collection,
  ComponentHealth,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { AirflowInfo } from '../airflow';
import type { ReadScope } from './types';

/** What is stored of one cluster. */
export interface StoredCluster {
  name: string;
  /** Null until it was read once. */
  info: AirflowInfo | null;
  components: ComponentHealth[];
  /** Null as long as its DAGs were never read. */
  counts: Cluster['counts'];
  collections: Collection[];
}

/** What was last read about each cluster itself. */
export class ClusterStore {
  constructor(private readonly db: Knex) {}

  /** One entry for each cluster of the scope, in its order, also for those never read. */
  async readAll(scope: ReadScope): Promise<StoredCluster[]> {
    throw new Error(`${this.db} ${scope}`);
  }
}
