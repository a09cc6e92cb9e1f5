import type { Knex } from 'knex';
import { ShortWork } from '../../eventLoop';

type Begin = (
  within: (trx: Knex.Transaction) => unknown,
  ...more: unknown[]
) => unknown;

/** What of a Knex client is put in the way of. */
interface Client {
  driverName: string;
  acquireConnection: () => Promise<unknown>;
  transaction: Begin;
}

/**
 * Has others have their turns between one question to SQLite and the next. It answers at once, so that whoever asks a
 * hundred things one after another, as alerts do, would hold the event loop until the last of them.
 */
export function inTurns(db: Knex): Knex {
  const client: Client = db.client;
  if (client.driverName === 'better-sqlite3') breathing(client);
  return db;
}

function breathing(client: Client, turns = new ShortWork()): void {
  const acquire = client.acquireConnection.bind(client);
  client.acquireConnection = async () => {
    const connection = await acquire();
    // With it in hand: those who waited for it would follow one another in a single turn.
    await turns.breathe();
    return connection;
  };
  const begin = client.transaction.bind(client);
  client.transaction = (within, ...more) =>
    begin(trx => {
      breathing(trx.client, turns);
      return within(trx);
    }, ...more);
}
