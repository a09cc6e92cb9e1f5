import type { ImportError } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { PageRequest, ReadScope, StoredPage } from './types';

/** DAG files that an Airflow could not import. */
export class ImportErrorStore {
  constructor(private readonly db: Knex) {}

  /** Newest first. */
  async list(query: {
    scope: ReadScope;
    /** Narrows the scope to these clusters. */
    cluster?: string[];
    page: PageRequest;
  }): Promise<StoredPage<ImportError>> {
    throw new Error(`${this.db} ${query}`);
  }
}
