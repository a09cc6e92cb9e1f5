import type {
  AlertEvent,
  Delivery,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import { addDeliveryEvents } from './alertEvents';
import { whereAllowedAlerts } from '../kit/permissionSql';
import { batches } from '../kit/batches';
import { fingerprint } from '../kit/cursor';
import {
  toDelivery,
  toEarlierDelivery,
  toRow,
  withTitle,
  type DeliveryRow,
  type EarlierDelivery,
  type NewDelivery,
  type TitledDeliveryRow,
} from './deliveryRows';
import { keysetPage, type KeysetSort } from '../kit/keyset';
import type { StoredNumber } from '../kit/moments';
import type { PageRequest, ReadScope, StoredPage } from '../kit/types';

/** What the next notices of some alerts change in the outbox. */
export interface DeliveryChange {
  add: NewDelivery[];
  /** Ids. */
  drop: string[];
  /** What the timelines of alerts say of it. */
  events: (AlertEvent & { alertId: string })[];
}

/** What is or was last told together of a group. */
export interface LastTogether {
  dueAt: Date;
  /** Whether it still waits, so that more can be told with it. */
  isOpen: boolean;
}

interface GroupRow {
  told_with: string;
  due_at: StoredNumber;
}

/** Filters of the list of deliveries; values of one are alternatives. */
export interface DeliveryFilter {
  status?: Delivery['status'][];
  channel?: string[];
}

const newestFirst: KeysetSort = {
  column: 'created_at',
  nullable: false,
  ties: ['id'],
  direction: 'desc',
};

/** The outbox: notices that are to be told, and what became of them. */
export class DeliveryStore {
  constructor(private readonly db: Knex) {}

  /**
   * The deliveries of some alerts, oldest first, by alert. Until the transaction ends nobody begins to send one that
   * waits.
   */
  async lockOf(
    trx: Knex.Transaction,
    alertIds: readonly string[],
  ): Promise<Map<string, EarlierDelivery[]>> {
    const found = new Map(
      alertIds.map((id): [string, EarlierDelivery[]] => [id, []]),
    );
    for (const batch of batches([...found.keys()])) {
      const rows: DeliveryRow[] = await trx('airflow_deliveries')
        .whereIn('alert_id', batch)
        .orderBy(['created_at', 'key'])
        .forUpdate();
      for (const row of rows) {
        found.get(row.alert_id)?.push(toEarlierDelivery(row));
      }
    }
    return found;
  }

  /**
   * When those of some groups are told together, or were last. Until the transaction ends nobody begins to send what
   * waits of them.
   */
  async lockGroups(
    trx: Knex.Transaction,
    groups: readonly string[],
  ): Promise<Map<string, LastTogether>> {
    const found = new Map<string, LastTogether>();
    for (const batch of batches([...new Set(groups)])) {
      const waiting: GroupRow[] = await trx('airflow_deliveries')
        .whereIn('told_with', batch)
        .where({ status: 'waiting', attempts: 0 })
        .whereNull('leased_by')
        .select('told_with', 'due_at')
        .forUpdate();
      const last: GroupRow[] = await trx('airflow_deliveries')
        .whereIn('told_with', batch)
        .groupBy('told_with')
        .select('told_with', trx.raw('max(due_at) as due_at'));
      for (const { told_with, due_at } of last) {
        const isOpen = waiting.some(
          row =>
            row.told_with === told_with &&
            Number(row.due_at) === Number(due_at),
        );
        found.set(told_with, { dueAt: new Date(Number(due_at)), isOpen });
      }
    }
    return found;
  }

  /**
   * Stores what is to be told of alerts, in the transaction that stores these, and gives up what is not to be told any
   * more, which must be locked. What is stored already stays as it is, but for what was given up: it is wanted again.
   */
  async change(
    trx: Knex.Transaction,
    change: DeliveryChange,
    now: Date,
  ): Promise<void> {
    const rows = change.add.map(delivery => toRow(delivery, now));
    for (const batch of batches(rows)) {
      await trx('airflow_deliveries')
        .insert(batch)
        .onConflict('key')
        .merge(['status', 'attempts', 'next_attempt_at', 'told_with', 'due_at'])
        .whereIn('airflow_deliveries.status', ['dropped', 'dead']);
    }
    for (const batch of batches(change.drop)) {
      await trx('airflow_deliveries')
        .whereIn('id', batch)
        .update({ status: 'dropped', next_attempt_at: null });
    }
    await addDeliveryEvents(trx, change.events);
  }

  /** What waits to tell of some alerts until they are explained waits for that no longer. */
  async hurry(
    trx: Knex.Transaction,
    alertIds: readonly string[],
  ): Promise<void> {
    await trx('airflow_deliveries')
      .whereIn('alert_id', [...alertIds])
      .where({ status: 'waiting', attempts: 0 })
      .update({ next_attempt_at: trx.ref('due_at') });
  }

  /**
   * Has a dead delivery tried again, as often as a new one.
   *
   * @returns undefined when the reader may see no such delivery, or when it is not dead
   */
  async resend(
    scope: ReadScope,
    id: string,
    now: Date,
  ): Promise<Delivery | undefined> {
    const changed = await this.within(scope)
      .where({ id, status: 'dead' })
      .update({
        status: 'waiting',
        attempts: 0,
        next_attempt_at: now.getTime(),
        // By itself: those with which it was told may have arrived.
        told_with: null,
        due_at: now.getTime(),
      });
    return changed > 0 ? this.get(scope, id) : undefined;
  }

  /** Undefined when there is none, or none of an alert that the reader may see. */
  async get(scope: ReadScope, id: string): Promise<Delivery | undefined> {
    const row: TitledDeliveryRow | undefined = await withTitle(
      this.db,
      this.within(scope).where({ id }),
    ).first();
    return row && toDelivery(row);
  }

  /** What was and is to be told of one alert, oldest first. */
  async listOf(alertId: string): Promise<Delivery[]> {
    const rows: TitledDeliveryRow[] = await withTitle(
      this.db,
      this.db('airflow_deliveries')
        .where({ alert_id: alertId })
        .orderBy(['created_at', 'key']),
    );
    return rows.map(row => toDelivery(row));
  }

  /**
   * Newest first.
   *
   * @throws InputError when the cursor belongs to another filter
   */
  async list(query: {
    scope: ReadScope;
    filter: DeliveryFilter;
    page: PageRequest;
  }): Promise<StoredPage<Delivery>> {
    const { scope, filter, page } = query;
    const matching = () => {
      const deliveries = this.within(scope);
      if (filter.status) deliveries.whereIn('status', filter.status);
      if (filter.channel) deliveries.whereIn('channel', filter.channel);
      return deliveries;
    };
    const { rows, nextCursor } = await keysetPage<TitledDeliveryRow>({
      rows: () => withTitle(this.db, matching()),
      sort: newestFirst,
      page,
      question: fingerprint({ list: 'deliveries', filter }),
    });
    const [counted] = await matching().count({ total: '*' });
    return {
      items: rows.map(row => toDelivery(row)),
      nextCursor,
      total: Number(counted.total),
    };
  }

  private within(scope: ReadScope): Knex.QueryBuilder {
    return this.db('airflow_deliveries').whereIn('alert_id', alerts => {
      alerts.select('id').from('airflow_alerts');
      whereAllowedAlerts(alerts, scope.clusters);
    });
  }
}
