import type { Knex } from 'knex';
import { ShortWork } from '../../eventLoop';

/** What of a Knex client is put in the way of. */
interface Client {
  driverName: string;
  acquireConnection: () => Promise<unknown>;
}

/**
 * Has others have their turns between one question to SQLite and the next. It answers at once, so that whoever asks a
 * hundred things one after another, as alerts do, would hold the event loop until the last of them.
 */
export function inTurns(db: Knex): Knex {
  const client: Client = db.client;
  if (client.driverName !== 'better-sqlite3') return db;
  const acquire = client.acquireConnection.bind(client);
  const turns = new ShortWork();
  client.acquireConnection = async () => {
    await turns.breathe();
    return acquire();
  };
  return db;
}
