import { randomUUID } from 'node:crypto';
import type { AlertEvent } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import { batches } from '../kit/batches';
import { toMs } from '../kit/moments';

/** What the timeline of an alert tells of its deliveries comes after what happened at the same moment. */
const AFTER_THE_REST = 1_000;

/** Writes into the timelines of alerts what became of their deliveries. */
export async function addDeliveryEvents(
  db: Knex,
  events: readonly (AlertEvent & { alertId: string })[],
): Promise<void> {
  const rows = events.map(({ alertId, at, kind, by, text }, i) => ({
    id: randomUUID(),
    alert_id: alertId,
    at: toMs(at),
    nr: AFTER_THE_REST + i,
    kind,
    by,
    text,
  }));
  for (const batch of batches(rows)) {
    await db('airflow_alert_events').insert(batch);
  }
}
