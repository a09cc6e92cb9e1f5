import type {
  AlertEvent,
  AlertFailure,
  AlertResolution,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { span } from './rules/words';
import type { Finding, Notice, StoredAlert } from './types';

/** What happens to one alert at one moment: how it then is, what its timeline says, and what is told. */
export interface Step {
  alert: StoredAlert;
  events: AlertEvent[];
  notices: Notice['kind'][];
}

/** Nothing is held back any more of what was closed by hand, since it ended meanwhile. */
const ENDED = '';

/** An alert to which nothing happens. */
export function unchanged(alert: StoredAlert): Step {
  return { alert, events: [], notices: [] };
}

/** A condition that was not known before; it is pending until {@link fireIfHeld}. */
export function noticed(
  finding: Finding,
  given: { id: string; failure: AlertFailure | undefined; at: Instant },
): Step {
  const { id, failure, at } = given;
  return {
    alert: {
      id,
      ...found(finding),
      status: 'pending',
      since: finding.since,
      firedAt: null,
      lastSeenAt: at,
      failure: failure ?? null,
      acknowledged: null,
      resolution: null,
      inhibitedBy: null,
      reopened: 0,
      told: false,
    },
    events: [event('noticed', at, finding.observed)],
    notices: [],
  };
}

/** A condition that is still found. */
export function seenAgain(
  alert: StoredAlert,
  finding: Finding,
  given: { failure: AlertFailure | undefined; at: Instant },
): Step {
  const { failure, at } = given;
  const isSame = alert.occurrence === finding.occurrence;
  return {
    alert: {
      ...alert,
      ...found(finding),
      since: earlier(alert.since, finding.since),
      lastSeenAt: at,
      failure: failure ?? (isSame ? alert.failure : null),
    },
    events: isSame ? [] : [event('worse', at, finding.observed)],
    notices: [],
  };
}

/** A condition that is found again soon after it was proven over. Whoever had it is asked anew. */
export function reopened(
  alert: StoredAlert,
  finding: Finding,
  given: { failure: AlertFailure | undefined; at: Instant },
): Step {
  const { alert: again } = seenAgain(alert, finding, given);
  return {
    alert: {
      ...again,
      status: 'pending',
      since: finding.since,
      firedAt: null,
      acknowledged: null,
      resolution: null,
      reopened: alert.reopened + 1,
      told: false,
    },
    events: [event('reopened', given.at, finding.observed)],
    notices: [],
  };
}

/** The part of an alert that its newest finding decides. */
function found({ forMs: _, since: __, ...finding }: Finding) {
  return finding;
}

/** A pending alert fires once its condition has held for as long as its rule asks. */
export function fireIfHeld(
  step: Step,
  finding: Pick<Finding, 'forMs'>,
  at: Instant,
): Step {
  const { alert } = step;
  const heldMs = Date.parse(at) - Date.parse(alert.since);
  if (alert.status !== 'pending' || heldMs < finding.forMs) return step;
  const text =
    finding.forMs > 0
      ? `Fires, for it has held for ${span(finding.forMs)}`
      : 'Fires at once';
  return then(step, {
    alert: { ...alert, status: 'firing', firedAt: at },
    events: [event('fired', at, text)],
  });
}

/** An alert is over. Only who was told that it fires is told so; what was pending goes without a sound. */
export function resolved(
  alert: StoredAlert,
  resolution: AlertResolution,
): Step {
  const isByHand = resolution.kind === 'by-hand';
  const text = isByHand
    ? `Closed by hand: ${resolution.reason}`
    : resolution.text;
  const by = isByHand ? resolution.by : null;
  return {
    alert: { ...alert, status: 'resolved', resolution, inhibitedBy: null },
    events: [event('resolved', resolution.at, text, by)],
    notices: alert.told ? ['resolved'] : [],
  };
}

/** What was closed by hand has truly ended, so the next time it is something new, however alike it looks. */
export function ended(alert: StoredAlert): Step {
  return unchanged({ ...alert, occurrence: ENDED });
}

/** Whether a finding is what somebody closed by hand, and nothing new. */
export function isHeldBack(alert: StoredAlert, finding: Finding): boolean {
  return (
    alert.resolution?.kind === 'by-hand' &&
    alert.occurrence === finding.occurrence
  );
}

/** An alert has a cause, another one, or none any more. */
export function inhibited(
  step: Step,
  cause: Pick<StoredAlert, 'id' | 'title'> | null,
  at: Instant,
): Step {
  const { alert } = step;
  if (alert.inhibitedBy === (cause?.id ?? null)) return step;
  return then(step, {
    alert: { ...alert, inhibitedBy: cause?.id ?? null },
    events: [
      cause
        ? event(
            'inhibited',
            at,
            `Nobody is told while this is open: ${cause.title}`,
          )
        : event('released', at, 'Nothing else is the cause of it any more'),
    ],
  });
}

/** Somebody is to know of what fires, unless it has a cause or was told before. */
export function tellIfDue(step: Step): Step {
  const { alert } = step;
  const isDue =
    alert.status === 'firing' && alert.inhibitedBy === null && !alert.told;
  return isDue
    ? then(step, { alert: { ...alert, told: true }, notices: ['fired'] })
    : step;
}

/**
 * An alert that fires follows its owner: whoever becomes that while nobody has taken it is told as well. Who was told
 * before keeps it and hears when it is over.
 */
export function passedOn(
  step: Step,
  before: Pick<StoredAlert, 'owner' | 'told'>,
  at: Instant,
): Step {
  const { alert } = step;
  const [from, to] = [before.owner?.ref, alert.owner?.ref];
  if (alert.status === 'resolved' || from === to) return step;
  const isDue =
    before.told && alert.status === 'firing' && alert.inhibitedBy === null;
  return then(step, {
    alert,
    events: [
      event(
        'passed-on',
        at,
        `Belongs to ${to ?? 'nobody'} now, and no longer to ${
          from ?? 'nobody'
        }`,
      ),
    ],
    notices: isDue ? ['fired'] : [],
  });
}

export function event(
  kind: AlertEvent['kind'],
  at: Instant,
  text: string,
  by: string | null = null,
): AlertEvent {
  return { at, kind, by, text };
}

function then(
  before: Step,
  { alert, events = [], notices = [] }: Pick<Step, 'alert'> & Partial<Step>,
): Step {
  return {
    alert,
    events: [...before.events, ...events],
    notices: [...before.notices, ...notices],
  };
}

function earlier(a: Instant, b: Instant): Instant {
  return Date.parse(b) < Date.parse(a) ? b : a;
}
