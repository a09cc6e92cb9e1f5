import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import type { Stores } from '../store';
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

/** Stores over a fresh database of the newest schema. */
export async function freshStores(
  databases: TestDatabases,
  id: Parameters<TestDatabases['init']>[0],
): Promise<{ db: Knex; stores: Stores }> {
  const db = await databases.init(id);
  await migrate(db);
  return { db, stores: storesOver(db) };
}
