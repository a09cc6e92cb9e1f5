import type {
  AlertExplanation,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { FailureFound } from './findFailure';
import { event, unchanged, type Step } from './lifecycle';
import type { StoredAlert } from '../model/storedAlerts';

const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 30 * 60_000;
/** Then it is given up; that is after about three hours. */
const MOST_TRIES = 12;

/** A replica that begins to look says when another one would, should it not live to say what it found. */
export function begun(
  explanation: AlertExplanation,
  at: Instant,
): AlertExplanation {
  const tries = explanation.tries + 1;
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
  // More than it may take to look.
  const nextAt = Date.parse(at) + waitMs + 45_000;
  return { ...explanation, tries, nextAt: new Date(nextAt).toISOString() };
}

/**
 * What was found of one run, for all alerts about it. Who was told of a failure is told again when a later run fails for
 * another cause; where an alert has become the cause of the one that was told, of that one.
 */
export function explainedAll(
  alerts: readonly StoredAlert[],
  found: FailureFound,
  at: Instant,
): Step[] {
  const others = alerts.filter(alert => isOtherCause(alert, found));
  return alerts.map(alert => {
    const step = explained(alert, found, at);
    const isNews =
      alert.status === 'firing' &&
      alert.notified === 'fires' &&
      alert.inhibitedBy === null &&
      others.some(
        ({ id, inhibitedBy }) =>
          id === alert.id ||
          (inhibitedBy === alert.id && alert.failure === null),
      );
    return isNews ? { ...step, notices: ['fired'] } : step;
  });
}

/** Numbers, such as those of rows or ports, are not what tells causes apart. */
function isOtherCause(
  { failure: before, runId }: StoredAlert,
  { failure: now }: FailureFound,
): boolean {
  if (!before?.exception || !now?.exception) return false;
  return (
    before.runId !== runId &&
    withoutNumbers(before.exception) !== withoutNumbers(now.exception)
  );
}

function withoutNumbers(exception: string): string {
  return exception.replace(/\b[\da-f-]+\b/gi, word =>
    /\d/.test(word) ? '#' : word,
  );
}

/** What was found of the run that an alert is about. */
export function explained(
  alert: StoredAlert,
  { state, failure, because }: FailureFound,
  at: Instant,
): Step {
  const { explanation } = alert;
  if (!explanation) return unchanged(alert);
  const { tries } = explanation;
  const isToCome = state === 'unreadable' && tries < MOST_TRIES;
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
  return {
    alert: {
      ...alert,
      failure: failure ?? alert.failure,
      explanation: {
        state: isToCome ? 'looking' : state,
        tries,
        nextAt: isToCome
          ? new Date(Date.parse(at) + waitMs).toISOString()
          : null,
        because,
      },
    },
    events: isToCome
      ? []
      : [event('explained', at, textOf({ state, failure, because }))],
    notices: [],
  };
}

function textOf({ failure, because }: FailureFound): string {
  const task = failure ? `${failure.taskId} failed first` : 'Not explained';
  const why = failure?.exception ?? because;
  return why ? `${task}: ${why}` : task;
}
