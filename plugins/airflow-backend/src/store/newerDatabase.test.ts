import type { Knex } from 'knex';
import { freshStores, testDatabases } from '../__testUtils__/databases';
import { createStores } from './stores';

const databases = testDatabases();
const newer = '29991231000000_of_a_newer_version.js';

describe.each(databases.eachSupportedId())('a database on %s', id => {
  let db: Knex;

  beforeEach(async () => {
    ({ db } = await freshStores(databases, id));
  });

  const start = () => createStores({ getClient: async () => db });

  it('is opened by the version that made it', async () => {
    await expect(start()).resolves.toMatchObject({});
  });

  it('says what to do to an older version than the one that made it', async () => {
    const row = { name: newer, batch: 9, migration_time: new Date() };
    await db('knex_migrations').insert(row);
    await expect(start()).rejects.toThrow(
      `brought further by a newer version than this one, by ${newer}. Start the newer version again`,
    );
    await db('knex_migrations').where('name', newer).delete();
    await expect(start()).resolves.toMatchObject({});
  });
});
