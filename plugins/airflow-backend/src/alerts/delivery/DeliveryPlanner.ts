import type {
  DeliveryChange,
  DeliveryStore,
  EarlierDelivery,
  NewDelivery,
  Transaction,
} from '../../store';
import type { Notice, StoredAlert } from '../../model/storedAlerts';
import {
  deliveryKey,
  wantedDeliveries,
  type RoutedAlert,
  type Routing,
  type Wanted,
} from './routes';
import { dueAfter, groupOf, type Grouping } from './together';
import { overtakenText, notifiedAlreadyText } from './words';

/** A notice waits so long for the error to be found. */
const LONGEST_HELD_MS = 10_000;

type PlannedAlert = Pick<StoredAlert, keyof RoutedAlert | 'title'>;

/** A DAG that fails for another cause each time is known for that by now. */
const MOST_CAUSES_NAMED = 5;

/** What one notice changes in the outbox. */
interface NoticePlan extends Wanted {
  drop: EarlierDelivery[];
}

/** Writes notices into the outbox, by routes and by who was told what before. */
export class DeliveryPlanner {
  constructor(
    private readonly deliveries: DeliveryStore,
    private readonly routing: Routing,
    private readonly grouping: Grouping,
  ) {}

  /**
   * Part of the transaction that stores the alerts, after they are stored, so that there is never an alert without its
   * deliveries. When it has ended, `DeliverySender.wake` has them sent.
   *
   * @param alerts - as they now are; those that notices are about must be among them
   */
  async plan(
    trx: Transaction,
    decision: {
      notices: readonly Notice[];
      alerts: readonly PlannedAlert[];
    },
    now: Date,
  ): Promise<void> {
    const alerts = new Map(decision.alerts.map(alert => [alert.id, alert]));
    const earlier = await this.deliveries.lockOf(trx, [
      ...decision.notices.map(({ alertId }) => alertId),
      ...decision.notices.flatMap(notice =>
        saidBefore(notice, alerts).map(({ id }) => id),
      ),
    ]);
    const change: DeliveryChange = { add: [], drop: [], events: [] };
    const wantedOf: { wanted: NewDelivery; group: string | null }[] = [];
    for (const one of decision.notices) {
      const { kind: notice, alertId, anew } = one;
      const alert = alerts.get(alertId);
      if (!alert) throw new Error(`There is a notice of no alert: ${alertId}`);
      const {
        deliveries: all,
        drop,
        unreached,
      } = planNotice(notice, alert, earlier.get(alertId) ?? [], this.routing);
      const at = now.toISOString();
      const known = notifiedAlready(saidBefore(one, alerts), earlier);
      const isTiresome = (place: string) =>
        anew !== undefined &&
        (earlier.get(alertId) ?? []).filter(
          before => before.notice === 'fired' && placeOf(before) === place,
        ).length >= MOST_CAUSES_NAMED;
      const deliveries = all.filter(wanted => {
        const place = placeOf(wanted);
        return !known.has(place) && !isTiresome(place);
      });
      for (const { key, ...wanted } of deliveries) {
        wantedOf.push({
          wanted: {
            ...wanted,
            key: anew === undefined ? key : `${key}:${anew}`,
            alertId,
            notice,
            heldMs: heldMs(notice, alert),
          },
          group: groupOf(notice, alert, { key, ...wanted }, this.grouping),
        });
      }
      for (const { id } of drop) change.drop.push(id);
      const overtaken = drop.map(before => overtakenText(before, notice));
      const repeated = all.flatMap(wanted => {
        const before = known.get(placeOf(wanted));
        return before ? notifiedAlreadyText(wanted, before) : [];
      });
      for (const text of [...unreached, ...overtaken, ...repeated]) {
        change.events.push({ alertId, at, kind: 'not-sent', by: null, text });
      }
    }
    change.add = await this.together(trx, wantedOf, now);
    await this.deliveries.change(trx, change, now);
  }

  /** Says when each is due, so that those of one group are told as one notice. */
  private async together(
    trx: Transaction,
    wantedOf: readonly { wanted: NewDelivery; group: string | null }[],
    now: Date,
  ): Promise<NewDelivery[]> {
    const groups = wantedOf.flatMap(({ group }) => group ?? []);
    const last = await this.deliveries.lockGroups(trx, groups);
    return wantedOf.map(({ wanted, group }) => {
      if (group === null) return wanted;
      const dueAt = dueAfter(last.get(group), now, this.grouping);
      return { ...wanted, together: { group, dueAt } };
    });
  }
}

/** That a DAG keeps failing says no more to those who were told that it failed. */
function saidBefore(
  { kind, alertId, anew }: Notice,
  alerts: ReadonlyMap<string, PlannedAlert>,
): PlannedAlert[] {
  const isRepetition =
    kind === 'fired' &&
    anew === undefined &&
    alerts.get(alertId)?.ruleType === 'failures-in-a-row';
  if (!isRepetition) return [];
  return [...alerts.values()].filter(
    ({ inhibitedBy, ruleType }) =>
      inhibitedBy === alertId && ruleType === 'run-failed',
  );
}

/** Who was told of some alerts, by recipient and channel. */
function notifiedAlready(
  alerts: readonly PlannedAlert[],
  earlier: ReadonlyMap<string, readonly EarlierDelivery[]>,
): Map<string, PlannedAlert> {
  return new Map(
    alerts.flatMap(alert =>
      lastNotifiedThatItFires(earlier.get(alert.id) ?? []).map(
        (delivery): [string, PlannedAlert] => [placeOf(delivery), alert],
      ),
    ),
  );
}

function placeOf({
  channel,
  recipient,
}: Pick<EarlierDelivery, 'channel' | 'recipient'>): string {
  return `${channel}:${recipient ?? ''}`;
}

/** What fires is better told with its error. */
function heldMs(notice: Notice['kind'], { explanation }: RoutedAlert): number {
  return notice === 'fired' && explanation?.state === 'looking'
    ? LONGEST_HELD_MS
    : 0;
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
          deliveries: lastNotifiedThatItFires(earlier).map(
            ({ channel, recipient }) => ({
              key: deliveryKey('resolved', alert, { channel, recipient }),
              channel,
              recipient,
            }),
          ),
          unreached: [],
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
function lastNotifiedThatItFires(
  earlier: readonly EarlierDelivery[],
): EarlierDelivery[] {
  const last = new Map<string, EarlierDelivery>();
  for (const delivery of earlier) {
    if (delivery.status !== 'sent' && !delivery.isUnderWay) continue;
    last.set(placeOf(delivery), delivery);
  }
  return [...last.values()].filter(({ notice }) => notice === 'fired');
}
