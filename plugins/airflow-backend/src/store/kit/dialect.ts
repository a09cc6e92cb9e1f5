import type { Knex } from 'knex';

/** Whether it is PostgreSQL; otherwise it is SQLite. */
export function isPostgres(db: Knex): boolean {
  return db.client.driverName === 'pg';
}
