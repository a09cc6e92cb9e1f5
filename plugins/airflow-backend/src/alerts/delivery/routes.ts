import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Route } from '../../config';
import type { Notice } from '../../model/storedAlerts';

/** What routes look at of an alert. */
export type RoutedAlert = Pick<
  Alert,
  | 'id'
  | 'explanation'
  | 'severity'
  | 'ruleType'
  | 'subject'
  | 'owner'
  | 'reopened'
  | 'oldNews'
  | 'inhibitedBy'
>;

/** One notice that is to reach one recipient over one channel. */
export interface WantedDelivery {
  key: string;
  channel: string;
  /** Entity ref; null where the channel knows itself. */
  recipient: string | null;
}

/** Whom routes want to be told of an alert, and whom they cannot tell. */
export interface Wanted {
  deliveries: WantedDelivery[];
  /** Why nobody is told, or not everybody that a route names. */
  unreached: string[];
}

/** What decides who is told. */
export interface Routing {
  routes: readonly Route[];
  /** Whether a channel tells those that a route names. */
  hasRecipients(channel: string): boolean;
  /** The environment of a cluster. */
  environmentOf(cluster: string): string | null;
}

/** Names one notice to one recipient over one channel; the same notice always gets the same name. */
export function deliveryKey(
  notice: Notice['kind'],
  alert: Pick<RoutedAlert, 'id' | 'reopened'>,
  to: Pick<WantedDelivery, 'channel' | 'recipient'>,
): string {
  return [
    alert.id,
    alert.reopened,
    notice,
    to.channel,
    to.recipient ?? '',
  ].join(':');
}

/** Whom the routes want to be told that an alert fires. Who is reached by two routes is told once. */
export function wantedDeliveries(alert: RoutedAlert, routing: Routing): Wanted {
  const fitting = routing.routes.filter(route => fits(route, alert, routing));
  if (fitting.length === 0) {
    return {
      deliveries: [],
      unreached: ['Nobody is told: no route of airflow.alerts.routes fits'],
    };
  }
  const deliveries = new Map<string, WantedDelivery>();
  const unreached = new Set<string>();
  for (const { channels, to } of fitting) {
    for (const channel of channels) {
      for (const recipient of recipients(channel, to, alert, routing)) {
        if (recipient === undefined) {
          unreached.add(
            `The owner is not told over ${channel}: neither the DAG nor its cluster has one`,
          );
          continue;
        }
        const key = deliveryKey('fired', alert, { channel, recipient });
        deliveries.set(key, { key, channel, recipient });
      }
    }
  }
  return { deliveries: [...deliveries.values()], unreached: [...unreached] };
}

function fits({ match }: Route, alert: RoutedAlert, routing: Routing): boolean {
  const { cluster } = alert.subject;
  const environment = routing.environmentOf(cluster);
  return (
    (match.severities?.includes(alert.severity) ?? true) &&
    (match.ruleTypes?.includes(alert.ruleType) ?? true) &&
    (match.clusters?.includes(cluster) ?? true) &&
    (match.environments?.some(wanted => wanted === environment) ?? true)
  );
}

/** Undefined stands for an owner that there is not. */
function recipients(
  channel: string,
  to: readonly string[],
  alert: RoutedAlert,
  routing: Routing,
): (string | null | undefined)[] {
  if (!routing.hasRecipients(channel)) return [null];
  return to.map(whom => (whom === 'owner' ? alert.owner?.ref : whom));
}
