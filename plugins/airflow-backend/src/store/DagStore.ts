import type {
  Dag,
  DagFacets,
  DagListItem,
  DagSort,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { AirflowDag } from '../airflow';
import type { DagFilter, PageRequest, ReadScope, StoredPage } from './types';

/** A stored DAG with the figure that its runs give. */
export type StoredDag = Dag & { successRate: number | null };

/** The DAGs of the fleet: what the inventory brought home, and what its runs add to each. */
export class DagStore {
  constructor(private readonly db: Knex) {}

  /** @throws InputError when the cursor belongs to another sort or filter */
  async list(query: {
    scope: ReadScope;
    filter: DagFilter;
    /** `displayName` when left out. */
    sort?: DagSort;
    page: PageRequest;
  }): Promise<StoredPage<DagListItem>> {
    throw new Error(`${this.db} ${query}`);
  }

  async facets(query: {
    scope: ReadScope;
    filter: DagFilter;
  }): Promise<DagFacets> {
    throw new Error(`${this.db} ${query}`);
  }

  async get(cluster: string, dagId: string): Promise<StoredDag | undefined> {
    throw new Error(`${this.db} ${cluster} ${dagId}`);
  }

  /** Keeps what Airflow answered to pausing or unpausing, so that lists show it before the next inventory. */
  async savePaused(cluster: string, dag: AirflowDag): Promise<void> {
    throw new Error(`${this.db} ${cluster} ${dag}`);
  }
}
