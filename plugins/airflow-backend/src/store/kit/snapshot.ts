import type { Knex } from 'knex';
import { isPostgres } from './dialect';

/** Reads all of one moment, whatever is written meanwhile. SQLite has one connection, and writes nothing meanwhile. */
export function snapshot<T>(
  db: Knex,
  read: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return isPostgres(db)
    ? db.transaction(read, {
        isolationLevel: 'repeatable read',
        readOnly: true,
      })
    : db.transaction(read);
}
