import type { Collection } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { ReadScope } from './types';

/** How the last reading of each kind went. */
export class CollectionStore {
  constructor(private readonly db: Knex) {}

  /** By cluster; a cluster that was never read has an empty list. */
  async list(scope: ReadScope): Promise<Map<string, Collection[]>> {
    throw new Error(`${this.db} ${scope}`);
  }
}
