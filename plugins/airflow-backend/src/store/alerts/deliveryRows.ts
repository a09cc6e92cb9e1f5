import { randomUUID } from 'node:crypto';
import {
  deliveryStatuses,
  noticeKinds,
  type Delivery,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { toInstant, toInstantOrNull, type StoredNumber } from '../kit/moments';

/** A row of `airflow_deliveries`. */
export interface DeliveryRow {
  id: string;
  key: string;
  alert_id: string;
  notice: string;
  channel: string;
  recipient: string | null;
  status: string;
  attempts: number;
  created_at: StoredNumber;
  next_attempt_at: StoredNumber | null;
  leased_until: StoredNumber | null;
  leased_by: string | null;
  delivered_at: StoredNumber | null;
  last_error: string | null;
  told_with: string | null;
  due_at: StoredNumber | null;
  receipt: string | null;
}

/** A row with the title of its alert, as `withTitle` selects it. */
export interface TitledDeliveryRow extends DeliveryRow {
  alert_title: string;
}

/** A delivery that is to be stored. */
export interface NewDelivery {
  /** Names it; the same delivery is stored once. */
  key: string;
  alertId: string;
  notice: Delivery['notice'];
  channel: string;
  recipient: string | null;
  /** With what it is told as one notice; by itself when left out. */
  together?: Together;
  /** So long it may wait for more to be known; see `DeliveryStore.hurry`. */
  heldMs?: number;
}

/** Those of one group and one moment are told as one notice. */
export interface Together {
  group: string;
  dueAt: Date;
}

/** A delivery of an alert as the next notice of that alert finds it. */
export interface EarlierDelivery extends NewDelivery {
  id: string;
  status: Delivery['status'];
  /** Whether somebody sends it now, or began to and did not live to say how it ended. */
  isUnderWay: boolean;
}

/**
 * A delivery, or several that are told as one notice, that the holder alone may send until the lease ends. The key names
 * all of it.
 */
export interface LeasedDelivery extends NewDelivery {
  /** Every alert that it tells of. */
  alertIds: string[];
  /** Tries so far, with the one that begins now. */
  attempts: number;
  /** Names the lease. */
  lease: string;
}

const noticeSchema = z.enum(noticeKinds);
const statusSchema = z.enum(deliveryStatuses);

export function toRow(delivery: NewDelivery, now: Date) {
  const dueAt = (delivery.together?.dueAt ?? now).getTime();
  return {
    id: randomUUID(),
    key: delivery.key,
    alert_id: delivery.alertId,
    notice: delivery.notice,
    channel: delivery.channel,
    recipient: delivery.recipient,
    status: 'waiting',
    attempts: 0,
    created_at: now.getTime(),
    next_attempt_at: dueAt + (delivery.heldMs ?? 0),
    told_with: delivery.together?.group ?? null,
    due_at: dueAt,
  };
}

export function toNewDelivery(row: DeliveryRow): NewDelivery {
  return {
    key: row.key,
    alertId: row.alert_id,
    notice: noticeSchema.parse(row.notice),
    channel: row.channel,
    recipient: row.recipient,
  };
}

export function toEarlierDelivery(row: DeliveryRow): EarlierDelivery {
  const status = statusSchema.parse(row.status);
  return {
    ...toNewDelivery(row),
    id: row.id,
    status,
    isUnderWay: status === 'waiting' && row.leased_by !== null,
  };
}

/** A delivery as the contract has it; `alert_title` comes from `withTitle`. */
export function toDelivery(
  row: DeliveryRow & { alert_title: string },
): Delivery {
  return {
    id: row.id,
    alertId: row.alert_id,
    alertTitle: row.alert_title,
    notice: noticeSchema.parse(row.notice),
    channel: row.channel,
    recipient: row.recipient,
    status: statusSchema.parse(row.status),
    attempts: row.attempts,
    createdAt: toInstant(row.created_at),
    nextAttemptAt: toInstantOrNull(row.next_attempt_at),
    deliveredAt: toInstantOrNull(row.delivered_at),
    receipt: row.receipt,
    lastError: row.last_error,
  };
}

/** Selects deliveries with the title of their alert. */
export function withTitle(
  db: Knex,
  deliveries: Knex.QueryBuilder,
): Knex.QueryBuilder {
  const title = db('airflow_alerts')
    .select('title')
    .whereRaw('airflow_alerts.id = airflow_deliveries.alert_id');
  return deliveries.select('airflow_deliveries.*', title.as('alert_title'));
}
