import type {
  AlertResolution,
  AlertSubject,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { StoredAlert } from '../model/storedAlerts';

const MINUTE_MS = 60_000;

/** What comes back within this time after it was proven over is the same trouble. */
export const REOPEN_MS = 30 * MINUTE_MS;

/** An alert that began to fire so often within an hour flaps. */
const FLAPS_FROM = 3;
const WINDOW_MS = 60 * MINUTE_MS;
/** More are not counted. */
const MOST_OPENINGS = 20;

/** A state that is asked for again and again may change with the next answer; a run that succeeded stays so. */
export const HOLD_OF_STATE_MS = 2 * MINUTE_MS;
const HOLD_ONCE_BACK_MS = 5 * MINUTE_MS;

/**
 * For how long something must be over before that is told. That something is wrong is never held back, only that all is
 * well again: the more often that proved wrong within the hour, the longer. What flaps is over when it would be another
 * trouble if it came back. What a person closed is over.
 */
export function holdMs(alert: {
  subject: AlertSubject;
  openings: readonly Instant[];
  resolution: AlertResolution | null;
}): number {
  const { subject, openings, resolution } = alert;
  if (resolution?.kind === 'by-hand') return 0;
  if (openings.length >= FLAPS_FROM) return REOPEN_MS;
  if (openings.length > 1) return HOLD_ONCE_BACK_MS;
  const isAskedFor = subject.kind === 'cluster' || subject.kind === 'component';
  return isAskedFor ? HOLD_OF_STATE_MS : 0;
}

/** An alert begins to fire. */
export function opened(
  before: readonly Instant[],
  at: Instant,
): Pick<StoredAlert, 'openings' | 'flapping'> {
  const openings = [...recent(before, at), at].slice(-MOST_OPENINGS);
  const flapping =
    openings.length >= FLAPS_FROM
      ? { times: openings.length, since: openings[0] }
      : null;
  return { openings, flapping };
}

/** The openings of the last hour. */
export function recent(openings: readonly Instant[], at: Instant): Instant[] {
  const from = Date.parse(at) - WINDOW_MS;
  return openings.filter(opening => Date.parse(opening) > from);
}

/** What there is to tell of an alert now, if anything. */
export function newsOf(
  alert: StoredAlert,
  at: Instant,
): 'fires' | 'flaps' | 'over' | null {
  const { status, notified, inhibitedBy, flapping, resolution } = alert;
  if (status === 'firing' && inhibitedBy === null) {
    if (flapping) return notified === 'flaps' ? null : 'flaps';
    return notified === 'nothing' ? 'fires' : null;
  }
  if (status !== 'resolved' || notified === 'nothing' || !resolution)
    return null;
  const overMs = Date.parse(at) - Date.parse(resolution.at);
  return overMs >= holdMs(alert) ? 'over' : null;
}
