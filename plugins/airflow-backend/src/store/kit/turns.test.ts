import { testDatabases } from '../../__testUtils__/databases';
import {
  LONGEST_TURN_MS,
  longestTurnOfTries,
} from '../../__testUtils__/longestTurn';
import { inTurns } from './turns';

const databases = testDatabases();

it.each(databases.eachSupportedId())(
  'who asks %s much, one after another, keeps nobody waiting',
  async id => {
    const db = inTurns(await databases.init(id));
    const held = await longestTurnOfTries(async () => {
      for (let i = 0; i < 3_000; i += 1) await db.select(db.raw('?', [i]));
    });
    expect(held).toBeLessThan(LONGEST_TURN_MS);
  },
);
