import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import type { Stores } from '../store';
import { isPostgres } from '../store/kit/dialect';
import { migrate, storesOver } from '../store/stores';

/** Names a PostgreSQL, as `npm run test:postgres` does. */
const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/** The database of these tests: PostgreSQL where the environment names one, otherwise SQLite. */
export function testDatabases() {
  return TestDatabases.create({
    ids: [process.env[POSTGRES] ? 'POSTGRES_18' : 'SQLITE_3'],
    disableDocker: true,
  });
}

type DatabaseId = Parameters<TestDatabases['init']>[0];

/** Stores over a fresh database of the newest schema. */
export async function freshStores(
  databases: TestDatabases,
  id: DatabaseId,
): Promise<{ db: Knex; stores: Stores }> {
  const db = await databases.init(id);
  await migrate(db);
  return { db, stores: storesOver(db) };
}

/** The database that a file of tests empties and uses again. */
const kept = new WeakMap<TestDatabases, Knex>();

/**
 * Stores over an empty database of the newest schema, which the tests of a file have one after the other: for those who
 * need many, and do not ask how questions are planned, for the planner remembers.
 */
export async function emptyStores(
  databases: TestDatabases,
  id: DatabaseId,
): Promise<Stores> {
  const before = kept.get(databases);
  if (before) {
    await empty(before);
    return storesOver(before);
  }
  const { db, stores } = await freshStores(databases, id);
  kept.set(databases, db);
  return stores;
}

async function empty(db: Knex): Promise<void> {
  const tables: string[] = await (isPostgres(db)
    ? db('pg_tables').where({ schemaname: 'public' }).pluck('tablename')
    : db('sqlite_master').where({ type: 'table' }).pluck('name'));
  const own = tables.filter(name => name.startsWith('airflow_'));
  if (isPostgres(db)) {
    await db.raw(
      `truncate ${own.map(() => '??').join(', ')} restart identity`,
      own,
    );
    return;
  }
  // What refers to others was made after them.
  for (const table of own.reverse()) await db(table).delete();
}
