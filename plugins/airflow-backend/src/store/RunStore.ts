import type {
  DagRun,
  runSorts,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { AirflowRun } from '../airflow';
import type { PageRequest, ReadScope, RunFilter, StoredPage } from './types';

export type RunSort = (typeof runSorts)[number];

/** The runs of the fleet within the retention. */
export class RunStore {
  constructor(private readonly db: Knex) {}

  /** @throws InputError when the cursor belongs to another sort or filter */
  async list(query: {
    scope: ReadScope;
    filter: RunFilter;
    /** `-runAfter` when left out. */
    sort?: RunSort;
    page: PageRequest;
  }): Promise<StoredPage<DagRun>> {
    throw new Error(`${this.db} ${query}`);
  }

  async get(
    cluster: string,
    dagId: string,
    runId: string,
  ): Promise<DagRun | undefined> {
    throw new Error(`${this.db} ${cluster} ${dagId} ${runId}`);
  }

  /** The last `count` runs of a DAG, oldest first. */
  async recent(
    cluster: string,
    dagId: string,
    count: number,
  ): Promise<DagRun[]> {
    throw new Error(`${this.db} ${cluster} ${dagId} ${count}`);
  }

  /** Median of the last successful runs; null when there are none. */
  async usualDurationMs(
    cluster: string,
    dagId: string,
  ): Promise<number | null> {
    throw new Error(`${this.db} ${cluster} ${dagId}`);
  }

  /** Stores runs as Airflow told them, and what they change about their DAGs. */
  async save(cluster: string, runs: readonly AirflowRun[]): Promise<void> {
    throw new Error(`${this.db} ${cluster} ${runs}`);
  }
}
