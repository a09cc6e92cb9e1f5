import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import type { Stores } from '../store';
import { migrate, storesOver } from '../store/stores';

/**
 * The databases of these tests: SQLite always, PostgreSQL where the environment names one, as `.ci/run` does.
 */
export function testDatabases() {
  return TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
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
