import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { addDeliveryEvents } from './alertEvents';
import { batches } from '../kit/batches';
import { isPostgres } from '../kit/dialect';
import {
  toNewDelivery,
  type DeliveryRow,
  type LeasedDelivery,
} from './deliveryRows';

/** Which channels a lease is about. */
export type LeasedChannels = { only: string } | { allBut: readonly string[] };

const noLease = { leased_by: null, leased_until: null };

/** What the timelines of the alerts of a delivery say of it. */
interface Outcome {
  now: Date;
  text: string;
}

/**
 * The outbox as senders see it: each delivery, with all that is told together with it, belongs to one of them at a time,
 * for as long as its lease lasts.
 */
export class DeliveryQueue {
  constructor(private readonly db: Knex) {}

  /**
   * Takes due deliveries for the caller alone. Two notices of one alert to one recipient are never under way together:
   * the later one waits for the earlier one. That an alert fires is not told while another one is its cause.
   */
  async lease(options: {
    channels: LeasedChannels;
    now: Date;
    leaseMs: number;
    limit: number;
  }): Promise<LeasedDelivery[]> {
    const { channels, limit } = options;
    const now = options.now.getTime();
    const until = now + options.leaseMs;
    return this.db.transaction(async trx => {
      const due = free(trx, now)
        .select('due.*')
        .where('due.next_attempt_at', '<=', now)
        .whereNotExists(earlierOfTheSame(trx))
        .whereNotExists(causeOf(trx))
        .orderBy(['due.next_attempt_at', 'due.created_at', 'due.key'])
        .limit(limit);
      if ('only' in channels) due.where('due.channel', channels.only);
      else due.whereNotIn('due.channel', [...channels.allBut]);
      locked(trx, due);
      const leased: LeasedDelivery[] = [];
      for (const rows of await notices(trx, await due, now)) {
        const [first] = rows;
        const lease = randomUUID();
        for (const batch of batches(rows)) {
          await trx('airflow_deliveries')
            .whereIn(
              'id',
              batch.map(({ id }) => id),
            )
            .update({ leased_by: lease, leased_until: until })
            .increment('attempts');
        }
        leased.push({
          ...toNewDelivery(first),
          key: first.told_with
            ? `${first.told_with} ${first.due_at}`
            : first.key,
          alertIds: rows.map(row => row.alert_id),
          attempts: first.attempts + 1,
          lease,
        });
      }
      return leased;
    });
  }

  /** When the first of what is not due yet will be. */
  async nextDue(now: Date): Promise<Date | null> {
    const next = await this.db<DeliveryRow>('airflow_deliveries')
      .where({ status: 'waiting' })
      .where('next_attempt_at', '>', now.getTime())
      .orderBy('next_attempt_at')
      .first('next_attempt_at');
    return next ? new Date(Number(next.next_attempt_at)) : null;
  }

  /** Keeps a delivery for its holder for longer. */
  async renew(held: LeasedDelivery, until: Date): Promise<void> {
    await this.held(this.db, held).update({ leased_until: until.getTime() });
  }

  /**
   * Records that its channel took it.
   *
   * @returns false when the lease is no longer the caller's, and then nothing is recorded
   */
  async delivered(
    held: LeasedDelivery,
    outcome: Outcome & { receipt: string | null },
  ): Promise<boolean> {
    const { now, receipt } = outcome;
    return this.db.transaction(async trx => {
      const recorded = await this.held(trx, held).update({
        ...noLease,
        status: 'sent',
        delivered_at: now.getTime(),
        next_attempt_at: null,
        last_error: null,
        receipt,
      });
      if (recorded > 0) await settle(trx, held, 'sent', outcome);
      return recorded > 0;
    });
  }

  /**
   * Records that a try failed. Without a next one it is given up, and the timelines say so.
   *
   * @returns false when the lease is no longer the caller's, and then nothing is recorded
   */
  async failed(
    held: LeasedDelivery,
    outcome: Outcome & { error: string; nextAttemptAt: Date | null },
  ): Promise<boolean> {
    const { error, nextAttemptAt } = outcome;
    return this.db.transaction(async trx => {
      const recorded = await this.held(trx, held).update({
        ...noLease,
        status: nextAttemptAt ? 'waiting' : 'dead',
        next_attempt_at: nextAttemptAt && nextAttemptAt.getTime(),
        last_error: error,
      });
      if (recorded > 0 && !nextAttemptAt) {
        await settle(trx, held, 'not-sent', outcome);
      }
      return recorded > 0;
    });
  }

  private held(db: Knex, { lease }: LeasedDelivery): Knex.QueryBuilder {
    return db('airflow_deliveries').where({
      leased_by: lease,
      status: 'waiting',
    });
  }
}

/** What waits and nobody sends. */
function free(trx: Knex.Transaction, now: number) {
  return trx<DeliveryRow>({ due: 'airflow_deliveries' })
    .where('due.status', 'waiting')
    .where(unheld =>
      unheld
        .whereNull('due.leased_until')
        .orWhere('due.leased_until', '<=', now),
    );
}

/** SQLite has one writer at a time; of PostgreSQL's replicas each takes what no other one is taking. */
function locked(trx: Knex.Transaction, query: Knex.QueryBuilder): void {
  if (isPostgres(trx)) query.forUpdate('due').skipLocked();
}

/** The rows of each notice that due ones belong to; those of which somebody has a part are left for later. */
async function notices(
  trx: Knex.Transaction,
  due: readonly DeliveryRow[],
  now: number,
): Promise<DeliveryRow[][]> {
  const found: DeliveryRow[][] = [];
  const taken = new Set<string>();
  for (const row of due) {
    if (row.told_with === null) {
      found.push([row]);
      continue;
    }
    const name = `${row.told_with} ${row.due_at}`;
    if (taken.has(name)) continue;
    taken.add(name);
    const rows = await together(trx, row, now);
    if (rows.length > 0) found.push(rows);
  }
  return found;
}

async function together(
  trx: Knex.Transaction,
  { told_with, due_at }: DeliveryRow,
  now: number,
): Promise<DeliveryRow[]> {
  const same = { told_with, due_at, status: 'waiting' };
  const query = free(trx, now)
    .select('due.*')
    .where('due.told_with', told_with)
    .where('due.due_at', due_at)
    .whereNotExists(earlierOfTheSame(trx))
    .whereNotExists(causeOf(trx))
    .orderBy(['due.created_at', 'due.key']);
  locked(trx, query);
  const rows: DeliveryRow[] = await query;
  const ids = new Set(rows.map(({ id }) => id));
  const all: string[] = await trx('airflow_deliveries').where(same).pluck('id');
  const others = all.filter(id => !ids.has(id));
  if (others.length === 0) return rows;
  // Who has them locked plans to add or to drop some, or they wait for an earlier notice or for the end of a cause, and
  // are told by themselves then.
  const behind: string[] = await trx({ due: 'airflow_deliveries' })
    .whereIn('due.id', others)
    .where(waiting =>
      waiting.whereExists(earlierOfTheSame(trx)).orWhereExists(causeOf(trx)),
    )
    .pluck('due.id');
  if (behind.length < others.length) return [];
  await trx('airflow_deliveries')
    .whereIn('id', behind)
    .update({ told_with: null });
  return rows;
}

/** An alert may have got a cause since it was decided that it is told: then the cause is, and it waits. */
function causeOf(trx: Knex.Transaction): Knex.QueryBuilder {
  return trx({ alert: 'airflow_alerts' })
    .select(trx.raw('1'))
    .whereRaw('alert.id = due.alert_id')
    .whereRaw(`due.notice = 'fired'`)
    .whereNotNull('alert.inhibited_by');
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

async function settle(
  trx: Knex.Transaction,
  { alertIds }: LeasedDelivery,
  kind: 'sent' | 'not-sent',
  { now, text }: Outcome,
): Promise<void> {
  const at = now.toISOString();
  await addDeliveryEvents(
    trx,
    alertIds.map(alertId => ({ alertId, at, kind, by: null, text })),
  );
}
