import type { Knex } from 'knex';
import type {
  DeliveryChange,
  DeliveryStore,
  EarlierDelivery,
} from '../../store';
import type { Notice, StoredAlert } from '../types';
import {
  deliveryKey,
  wantedDeliveries,
  type RoutedAlert,
  type Routing,
  type Wanted,
} from './routes';
import { overtakenText } from './words';

/** What one notice changes in the outbox. */
interface NoticePlan extends Wanted {
  drop: EarlierDelivery[];
}

/** Writes notices into the outbox, by routes and by who was told what before. */
export class DeliveryPlanner {
  constructor(
    private readonly deliveries: DeliveryStore,
    private readonly routing: Routing,
  ) {}

  /**
   * Part of the transaction that stores the alerts, after they are stored, so that there is never an alert without its
   * deliveries. When it has ended, `DeliverySender.kick` has them sent.
   *
   * @param alerts - as they now are; those that notices are about must be among them
   */
  async plan(
    trx: Knex.Transaction,
    decision: {
      notices: readonly Notice[];
      alerts: readonly Pick<StoredAlert, keyof RoutedAlert>[];
    },
    now: Date,
  ): Promise<void> {
    const alerts = new Map(decision.alerts.map(alert => [alert.id, alert]));
    const earlier = await this.deliveries.lockOf(
      trx,
      decision.notices.map(({ alertId }) => alertId),
    );
    const change: DeliveryChange = { add: [], drop: [], events: [] };
    for (const { kind: notice, alertId } of decision.notices) {
      const alert = alerts.get(alertId);
      if (!alert) throw new Error(`There is a notice of no alert: ${alertId}`);
      const { deliveries, drop, untold } = planNotice(
        notice,
        alert,
        earlier.get(alertId) ?? [],
        this.routing,
      );
      const at = now.toISOString();
      for (const wanted of deliveries) {
        change.add.push({ ...wanted, alertId, notice });
      }
      for (const { id } of drop) change.drop.push(id);
      const overtaken = drop.map(before => overtakenText(before, notice));
      for (const text of [...untold, ...overtaken]) {
        change.events.push({ alertId, at, kind: 'not-sent', by: null, text });
      }
    }
    await this.deliveries.change(trx, change, now);
  }
}

/**
 * Whom a notice tells. That it fires is told to whom the routes want; that it is resolved to those who were last told
 * that it fires, wherever routes lead now. What still waits to be told of the alert is overtaken by that.
 *
 * @param earlier - deliveries of the same alert, oldest first
 */
export function planNotice(
  notice: Notice['kind'],
  alert: RoutedAlert,
  earlier: readonly EarlierDelivery[],
  routing: Routing,
): NoticePlan {
  const wanted: Wanted =
    notice === 'fired'
      ? wantedDeliveries(alert, routing)
      : {
          deliveries: lastToldThatItFires(earlier).map(
            ({ channel, recipient }) => ({
              key: deliveryKey('resolved', alert, { channel, recipient }),
              channel,
              recipient,
            }),
          ),
          untold: [],
        };
  const keys = new Set(wanted.deliveries.map(({ key }) => key));
  return {
    ...wanted,
    drop: earlier.filter(
      ({ key, status, isUnderWay }) =>
        status === 'waiting' && !isUnderWay && !keys.has(key),
    ),
  };
}

/** What is under way counts as told, for it may have arrived. */
function lastToldThatItFires(
  earlier: readonly EarlierDelivery[],
): EarlierDelivery[] {
  const last = new Map<string, EarlierDelivery>();
  for (const delivery of earlier) {
    if (delivery.status !== 'delivered' && !delivery.isUnderWay) continue;
    last.set(`${delivery.channel}:${delivery.recipient ?? ''}`, delivery);
  }
  return [...last.values()].filter(({ notice }) => notice === 'fired');
}
