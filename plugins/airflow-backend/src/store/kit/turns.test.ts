import type { Knex } from 'knex';
import { testDatabases } from '../../__testUtils__/databases';
import {
  LONGEST_TURN_MS,
  longestTurnOfTries,
} from '../../__testUtils__/longestTurn';
import { inTurns } from './turns';

const databases = testDatabases();

async function ask(db: Knex, times: number) {
  for (let i = 0; i < times; i += 1) await db.select(db.raw('?', [i]));
}

describe.each(databases.eachSupportedId())('in turns, on %s', id => {
  it.each<[string, (db: Knex) => Promise<unknown>]>([
    ['who asks much, one after another', db => ask(db, 3_000)],
    [
      'who asks as much in one transaction',
      db => db.transaction(trx => ask(trx, 3_000)),
    ],
    [
      'many at once, each with many transactions',
      db =>
        Promise.all(
          Array.from({ length: 200 }, async () => {
            for (let i = 0; i < 5; i += 1) {
              await db.transaction(trx => ask(trx, 20));
            }
          }),
        ),
    ],
  ])('%s: nobody is kept waiting', async (_who, work) => {
    const db = inTurns(await databases.init(id));
    const held = await longestTurnOfTries(() => work(db));
    expect(held).toBeLessThan(LONGEST_TURN_MS);
  });
});
