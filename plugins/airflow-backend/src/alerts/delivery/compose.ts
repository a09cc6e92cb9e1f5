import type {
  AirflowAlertDigest,
  AirflowAlertMessage,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import type { LinksConfig } from '../../config';
import type { LeasedDelivery } from '../../store';
import { span, utc } from '../../rules/words';
import type { MaskedAlert } from '../../model/storedAlerts';

type Notified = Pick<LeasedDelivery, 'key' | 'notice' | 'recipient'>;

/** So many alerts are named in one notice. */
const MOST_NAMED = 10;

/** Says in plain words what a delivery tells of its alert. */
export function composeMessage(
  delivery: Notified,
  alert: MaskedAlert,
  { paths, baseUrl }: LinksConfig,
): AirflowAlertMessage {
  const { key, notice, recipient } = delivery;
  const path = paths.alert(alert.id);
  return {
    key,
    notice,
    alert,
    recipient,
    title: `${prefix(notice, alert)}${alert.title} (${alert.subject.cluster})`,
    text: lines(notice, alert).join('\n'),
    path,
    link: `${baseUrl}${path}`,
  };
}

/**
 * Says the same of several alerts of one cluster.
 *
 * @param alerts - worst first, perhaps not all of them
 * @param count - of all of them
 */
export function composeDigest(
  delivery: Notified,
  { alerts, count }: { alerts: readonly MaskedAlert[]; count: number },
  { paths, baseUrl }: LinksConfig,
): AirflowAlertDigest {
  const { key, notice, recipient } = delivery;
  const { cluster } = alerts[0].subject;
  const query = new URLSearchParams({ cluster });
  if (notice === 'resolved') query.set('status', 'resolved');
  const path = `${paths.alerts}?${query}`;
  return {
    key,
    notice,
    alerts: [...alerts],
    count,
    recipient,
    title: digestTitle(notice, alerts, count),
    text: digestLines(notice, alerts, count).join('\n'),
    path,
    link: `${baseUrl}${path}`,
  };
}

function prefix(
  notice: Notified['notice'],
  { flapping, oldNews }: Pick<MaskedAlert, 'flapping' | 'oldNews'>,
): string {
  if (notice === 'resolved') return 'Resolved: ';
  if (flapping) return 'Flapping: ';
  return oldNews ? 'Already there: ' : '';
}

function digestTitle(
  notice: Notified['notice'],
  alerts: readonly MaskedAlert[],
  count: number,
): string {
  const { cluster } = alerts[0].subject;
  const named = `${count} alerts on ${cluster}`;
  if (notice === 'resolved') return `Resolved: ${named}`;
  return alerts[0].oldNews
    ? `${named} were there when it was first read`
    : named;
}

function digestLines(
  notice: Notified['notice'],
  alerts: readonly MaskedAlert[],
  count: number,
): string[] {
  const named = alerts.slice(0, MOST_NAMED).map(alert => {
    const { title, failure } = alert;
    const why = failure?.exception ? `: ${failure.exception}` : '';
    const often =
      alert.flapping && notice === 'fired' ? `, ${flaps(alert)}` : '';
    return `${title}${often}${why}`;
  });
  const more = count - named.length;
  return [
    ...commonCause(alerts),
    ...named,
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}

/** What most of them fail with, when that is one thing. */
function commonCause(alerts: readonly MaskedAlert[]): string[] {
  const counts = new Map<string, number>();
  for (const { failure } of alerts) {
    const exception = failure?.exception;
    if (exception) counts.set(exception, (counts.get(exception) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (!most || most[1] < 2 || most[1] * 2 < alerts.length) return [];
  return [`${most[1]} of them with ${most[0]}`];
}

function lines(notice: Notified['notice'], alert: MaskedAlert): string[] {
  const { failure, owner, resolution, flapping } = alert;
  return [
    ...(resolution ? [overText(notice, resolution)] : []),
    ...(flapping && notice === 'fired'
      ? [
          `It comes and goes: ${flaps(
            alert,
          )}. That it is over is told when that has held`,
        ]
      : []),
    `Seen: ${alert.observed}`,
    `Expected: ${alert.expected}`,
    `Since: ${utc(alert.since)}`,
    ...(failure
      ? [
          failure.exception
            ? `First failed task: ${failure.taskId}, ${failure.exception}`
            : `First failed task: ${failure.taskId}`,
        ]
      : []),
    ...(owner ? [`Owner: ${owner.ref}`] : []),
  ];
}

/** What is over may still be told to fire, when the news of that is held back. */
function overText(
  notice: Notified['notice'],
  resolution: NonNullable<MaskedAlert['resolution']>,
): string {
  const text =
    resolution.kind === 'proof'
      ? resolution.text
      : `Closed by ${resolution.by}: ${resolution.reason}`;
  return notice === 'fired' ? `Right again for now: ${text}` : text;
}

function flaps({ flapping, firedAt }: MaskedAlert): string {
  if (!flapping) return '';
  const { times, since } = flapping;
  const ms = Date.parse(firedAt ?? since) - Date.parse(since);
  return `${times} times in ${span(ms)}`;
}
