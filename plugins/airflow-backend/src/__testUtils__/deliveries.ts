import type {
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { DeliveryQueue } from '../store/alerts/DeliveryQueue';
import type { LeasedDelivery, NewDelivery } from '../store/alerts/deliveryRows';
import { freshStores } from './databases';
import { aScope } from './rows';
import { anAlert } from './toldAlerts';

export const LEASE_MS = 20_000;
export const scope = aScope('prod');
/** What came of a delivery. */
export const told = { text: 'Told', receipt: '200' };

const start = Date.parse('2026-11-24T02:00:00.000Z');
/** So many seconds later. */
export const at = (seconds: number) => new Date(start + seconds * 1_000);

export function fired(alertId: string, channel = 'pager'): NewDelivery {
  return {
    key: `${alertId} fired ${channel}`,
    alertId,
    notice: 'fired',
    channel,
    recipient: null,
  };
}

/** One that is told in one notice with others of its group. */
export function together(alertId: string, dueAt = at(10)): NewDelivery {
  return { ...fired(alertId), together: { group: 'ours', dueAt } };
}

export type Deliveries = Awaited<ReturnType<typeof freshDeliveries>>;

/** A database without deliveries, and short ways to plan, lease and list them. */
export async function freshDeliveries(
  databases: TestDatabases,
  id: TestDatabaseId,
) {
  const { db, stores } = await freshStores(databases, id);
  return {
    db,
    stores,
    alerts: (...ids: string[]) =>
      db.transaction(trx =>
        stores.alerts.apply(trx, {
          alerts: ids.map(alert => anAlert(alert)),
          events: [],
        }),
      ),
    inhibit: (alert: string, cause: string | null) =>
      db('airflow_alerts').where({ id: alert }).update({ inhibited_by: cause }),
    add: (deliveries: NewDelivery[], seconds = 0) =>
      db.transaction(trx =>
        stores.deliveries.change(
          trx,
          { add: deliveries, drop: [], events: [] },
          at(seconds),
        ),
      ),
    lease: (
      seconds: number,
      options: { queue?: DeliveryQueue; limit?: number; channel?: string } = {},
    ): Promise<LeasedDelivery[]> => {
      const { queue = stores.deliveryQueue, limit = 10 } = options;
      return queue.lease({
        channels: { only: options.channel ?? 'pager' },
        now: at(seconds),
        leaseMs: LEASE_MS,
        limit,
      });
    },
    list: (filter = {}) =>
      stores.deliveries.list({ scope, filter, page: { limit: 250 } }),
  };
}
