import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { addDeliveryEvents } from './alertEvents';
import {
  toNewDelivery,
  type DeliveryRow,
  type LeasedDelivery,
} from './deliveryRows';

/** Which channels a lease is about. */
export type LeasedChannels = { only: string } | { allBut: readonly string[] };

const noLease = { leased_by: null, leased_until: null };

/** The outbox as senders see it: each delivery belongs to one of them at a time, for as long as its lease lasts. */
export class DeliveryQueue {
  constructor(private readonly db: Knex) {}

  /**
   * Takes due deliveries for the caller alone. Two notices of one alert to one recipient are never under way together:
   * the later one waits for the earlier one.
   */
  async lease(options: {
    channels: LeasedChannels;
    now: Date;
    leaseMs: number;
    limit: number;
  }): Promise<LeasedDelivery[]> {
    const { channels, limit } = options;
    const now = options.now.getTime();
    const lease = randomUUID();
    return this.db.transaction(async trx => {
      const due = trx<DeliveryRow>({ due: 'airflow_deliveries' })
        .select('due.*')
        .where('due.status', 'waiting')
        .where('due.next_attempt_at', '<=', now)
        .where(free =>
          free
            .whereNull('due.leased_until')
            .orWhere('due.leased_until', '<=', now),
        )
        .whereNotExists(earlierOfTheSame(trx))
        .orderBy(['due.next_attempt_at', 'due.created_at', 'due.key'])
        .limit(limit);
      if ('only' in channels) due.where('due.channel', channels.only);
      else due.whereNotIn('due.channel', [...channels.allBut]);
      // SQLite has one writer at a time; of PostgreSQL's replicas each takes what no other one is taking.
      if (isPostgres(trx)) due.forUpdate('due').skipLocked();
      const rows: DeliveryRow[] = await due;
      await trx('airflow_deliveries')
        .whereIn(
          'id',
          rows.map(({ id }) => id),
        )
        .update({ leased_by: lease, leased_until: now + options.leaseMs })
        .increment('attempts');
      return rows.map(row => ({
        ...toNewDelivery(row),
        id: row.id,
        attempts: row.attempts + 1,
        lease,
      }));
    });
  }

  /** Keeps a delivery for its holder for longer. */
  async renew(held: LeasedDelivery, until: Date): Promise<void> {
    await this.held(this.db, held).update({ leased_until: until.getTime() });
  }

  /**
   * Records that it was told, and what the alert's timeline says of it.
   *
   * @returns false when the lease is no longer the caller's, and then nothing is recorded
   */
  async delivered(
    held: LeasedDelivery,
    outcome: { now: Date; text: string },
  ): Promise<boolean> {
    const { now, text } = outcome;
    return this.db.transaction(async trx => {
      const recorded = await this.held(trx, held).update({
        ...noLease,
        status: 'delivered',
        delivered_at: now.getTime(),
        next_attempt_at: null,
        last_error: null,
      });
      if (recorded > 0) await tell(trx, held, 'sent', now, text);
      return recorded > 0;
    });
  }

  /**
   * Records that a try failed. Without a next one it is given up, and the alert's timeline says so.
   *
   * @returns false when the lease is no longer the caller's, and then nothing is recorded
   */
  async failed(
    held: LeasedDelivery,
    outcome: {
      now: Date;
      error: string;
      nextAttemptAt: Date | null;
      text: string;
    },
  ): Promise<boolean> {
    const { now, error, nextAttemptAt, text } = outcome;
    return this.db.transaction(async trx => {
      const recorded = await this.held(trx, held).update({
        ...noLease,
        status: nextAttemptAt ? 'waiting' : 'dead',
        next_attempt_at: nextAttemptAt && nextAttemptAt.getTime(),
        last_error: error,
      });
      if (recorded > 0 && !nextAttemptAt) {
        await tell(trx, held, 'not-sent', now, text);
      }
      return recorded > 0;
    });
  }

  private held(db: Knex, { id, lease }: LeasedDelivery): Knex.QueryBuilder {
    return db('airflow_deliveries').where({
      id,
      leased_by: lease,
      status: 'waiting',
    });
  }
}

function earlierOfTheSame(trx: Knex.Transaction): Knex.QueryBuilder {
  return trx({ earlier: 'airflow_deliveries' })
    .select(trx.raw('1'))
    .where('earlier.status', 'waiting')
    .whereRaw('earlier.alert_id = due.alert_id')
    .whereRaw('earlier.channel = due.channel')
    .whereRaw(`coalesce(earlier.recipient, '') = coalesce(due.recipient, '')`)
    .whereRaw('(earlier.created_at, earlier.key) < (due.created_at, due.key)');
}

async function tell(
  trx: Knex.Transaction,
  { alertId }: LeasedDelivery,
  kind: 'sent' | 'not-sent',
  now: Date,
  text: string,
): Promise<void> {
  await addDeliveryEvents(trx, [
    { alertId, at: now.toISOString(), kind, by: null, text },
  ]);
}

function isPostgres(db: Knex): boolean {
  return String(db.client.config.client).includes('pg');
}
