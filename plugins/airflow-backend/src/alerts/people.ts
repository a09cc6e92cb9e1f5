import type { Instant } from '@airflow-fleet/backstage-plugin-airflow-common';
import { event, resolved, notifyOver, type Step } from './lifecycle';
import type { Decision, StoredAlert } from '../model/storedAlerts';

/** What became of what a person asked for. */
export type PersonOutcome =
  | { outcome: 'done'; decision: Decision }
  | { outcome: 'unchanged' }
  | { outcome: 'refused'; message: string };

/** Somebody takes an alert, or takes it over from somebody else. */
export function acknowledge(
  alert: StoredAlert,
  action: { by: string; note: string | null; at: Instant },
): PersonOutcome {
  const { by, note, at } = action;
  if (alert.status === 'resolved') {
    return refused(`“${alert.title}” is resolved; there is nothing to take`);
  }
  if (alert.status === 'pending') {
    return refused(
      `“${alert.title}” does not fire yet; take it when it does, or close it`,
    );
  }
  const before = alert.acknowledged;
  if (before?.by === by && (note === null || note === before.note)) {
    return { outcome: 'unchanged' };
  }
  return done({
    alert: { ...alert, status: 'acknowledged', acknowledged: { at, by, note } },
    events: [event('acknowledged', at, takenText(before?.by, action), by)],
    notices: [],
  });
}

/** Somebody closes an alert, whatever the facts say. */
export function resolveByHand(
  alert: StoredAlert,
  action: { by: string; reason: string; at: Instant },
): PersonOutcome {
  return alert.status === 'resolved'
    ? { outcome: 'unchanged' }
    : done(notifyOver(resolved(alert, { kind: 'by-hand', ...action })));
}

function takenText(
  before: string | undefined,
  { by, note }: { by: string; note: string | null },
): string {
  const took = before && before !== by ? `Taken over from ${before}` : 'Taken';
  return note ? `${took}: ${note}` : took;
}

function refused(message: string): PersonOutcome {
  return { outcome: 'refused', message };
}

function done({ alert, events, notices }: Step): PersonOutcome {
  const alertId = alert.id;
  return {
    outcome: 'done',
    decision: {
      alerts: [alert],
      events: events.map(entry => ({ ...entry, alertId })),
      notices: notices.map(kind => ({ kind, alertId })),
    },
  };
}
