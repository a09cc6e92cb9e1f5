import type {
  AlertEvent,
  AlertExplanation,
  AlertResolution,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { span } from '../rules/words';
import { masked } from '../masked';
import type { Notice, StoredAlert, MaskedEvent } from '../model/storedAlerts';
import type { Finding } from '../rules';
import { holdMs, newsOf, opened, recent } from './calm';

/** What happens to one alert at one moment: how it then is, what its timeline says, and what is told. */
export interface Step {
  alert: StoredAlert;
  events: MaskedEvent[];
  notices: Notice['kind'][];
}

/** Nothing is held back any more of what was closed by hand, since it ended meanwhile. */
const ENDED = '';

/** An alert to which nothing happens. */
export function unchanged(alert: StoredAlert): Step {
  return { alert, events: [], notices: [] };
}

/** A pending alert that was not seen for longer, as when the portal was stopped, has to hold anew. */
const LONGEST_UNSEEN_MS = 10 * 60_000;

/** A condition that was not known before; it is pending until {@link fireIfHeld}. */
export function noticed(
  finding: Finding,
  given: {
    id: string;
    at: Instant;
    /** The last alert about the same, if there was one. */
    before: Pick<StoredAlert, 'openings'> | undefined;
    oldNews: boolean;
  },
): Step {
  const { id, at, before, oldNews } = given;
  return {
    alert: {
      id,
      ...found(finding),
      status: 'pending',
      since: finding.since,
      noticedAt: at,
      firedAt: null,
      lastSeenAt: at,
      failure: null,
      explanation: toBeExplained(finding, at),
      acknowledged: null,
      resolution: null,
      inhibitedBy: null,
      reopened: 0,
      oldNews,
      notified: 'nothing',
      openings: recent(before?.openings ?? [], at),
      flapping: null,
      dagPresence: null,
    },
    events: [event('noticed', at, finding.observed)],
    notices: [],
  };
}

/** Why a run failed is looked for in its Airflow, beside the evaluations. */
function toBeExplained(
  { ruleType, runId }: Finding,
  at: Instant,
): AlertExplanation | null {
  const isFailure =
    ruleType === 'run-failed' || ruleType === 'failures-in-a-row';
  return isFailure && runId !== null
    ? { state: 'looking', tries: 0, nextAt: at, because: null }
    : null;
}

/** A condition that is still found. */
export function seenAgain(
  alert: StoredAlert,
  finding: Finding,
  at: Instant,
): Step {
  const isSame = alert.occurrence === finding.occurrence;
  return {
    alert: {
      ...alert,
      ...found(finding),
      since: earlier(alert.since, finding.since),
      noticedAt: isLongUnseen(alert, at) ? at : alert.noticedAt,
      lastSeenAt: at,
      ...(isSame
        ? {}
        : {
            // That of the run before is what the next one is compared with.
            failure:
              alert.failure?.runId === finding.runId ? null : alert.failure,
            explanation: toBeExplained(finding, at),
          }),
    },
    events: isSame ? [] : [event('worse', at, finding.observed)],
    notices: [],
  };
}

function isLongUnseen(
  { status, lastSeenAt }: StoredAlert,
  at: Instant,
): boolean {
  const unseenMs = Date.parse(at) - Date.parse(lastSeenAt);
  return status === 'pending' && unseenMs > LONGEST_UNSEEN_MS;
}

/**
 * A condition that is found again soon after it was proven over. Whoever had it is asked anew. Unless that it is over
 * was told meanwhile, what was told last is true again.
 */
export function reopened(
  alert: StoredAlert,
  finding: Finding,
  at: Instant,
): Step {
  const { alert: again } = seenAgain(alert, finding, at);
  return {
    alert: {
      ...again,
      status: 'pending',
      since: finding.since,
      noticedAt: at,
      firedAt: null,
      acknowledged: null,
      resolution: null,
      reopened: alert.reopened + 1,
      oldNews: false,
    },
    events: [event('reopened', at, finding.observed)],
    notices: [],
  };
}

/** The part of an alert that its newest finding decides. */
function found({ forMs: _, since: __, ...finding }: Finding) {
  return finding;
}

/** A pending alert fires once the portal has seen its condition hold for as long as its rule asks. */
export function fireIfHeld(
  step: Step,
  finding: Pick<Finding, 'forMs'>,
  at: Instant,
): Step {
  const { alert } = step;
  const heldMs = Date.parse(at) - Date.parse(alert.noticedAt);
  if (alert.status !== 'pending' || heldMs < finding.forMs) return step;
  const text =
    finding.forMs > 0
      ? `Fires, for it has held for ${span(finding.forMs)}`
      : 'Fires at once';
  return then(step, {
    alert: {
      ...alert,
      ...opened(alert.openings, at),
      status: 'firing',
      firedAt: at,
    },
    events: [event('fired', at, text)],
  });
}

/** An alert is over. Who was told that it fires hears of it by {@link notifyIfDue}, what was pending goes without a sound. */
export function resolved(
  alert: StoredAlert,
  resolution: AlertResolution,
): Step {
  const isByHand = resolution.kind === 'by-hand';
  const text = isByHand
    ? `Closed by hand: ${resolution.reason}`
    : resolution.text;
  const by = isByHand ? resolution.by : null;
  const over: StoredAlert = {
    ...alert,
    status: 'resolved',
    resolution,
    inhibitedBy: null,
  };
  const waitMs = holdMs(over);
  const isOwed = alert.notified !== 'nothing' && waitMs > 0;
  return {
    alert: over,
    events: [
      event('resolved', resolution.at, text, by),
      ...(isOwed
        ? [
            event(
              'waits',
              resolution.at,
              `Told when it has held for ${span(waitMs)}`,
            ),
          ]
        : []),
    ],
    notices: [],
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

/** Somebody is to know of what fires, unless it has a cause or was told before, and of what is over and has held. */
export function notifyIfDue(step: Step, at: Instant): Step {
  const news = newsOf(step.alert, at);
  if (news === null) return step;
  if (news === 'over') return notifyOver(step);
  return then(step, {
    alert: { ...step.alert, notified: news },
    events: news === 'flaps' ? [flaps(step.alert, at)] : [],
    notices: ['fired'],
  });
}

/** Who was told that it fires hears that it is over, whether or not that has held. */
export function notifyOver(step: Step): Step {
  return step.alert.notified === 'nothing'
    ? step
    : then(step, {
        alert: { ...step.alert, notified: 'nothing' },
        notices: ['resolved'],
      });
}

function flaps({ flapping }: StoredAlert, at: Instant): MaskedEvent {
  const times = flapping?.times ?? 0;
  const overMs = Date.parse(at) - Date.parse(flapping?.since ?? at);
  return event(
    'flapping',
    at,
    `Flaps: ${times} times in ${span(
      overMs,
    )}; told once, and then when it is over for good`,
  );
}

/**
 * An alert that fires follows its owner: whoever becomes that while nobody has taken it is told as well. Who was told
 * before keeps it and hears when it is over.
 */
export function passedOn(
  step: Step,
  before: Pick<StoredAlert, 'owner' | 'notified'>,
  at: Instant,
): Step {
  const { alert } = step;
  const [from, to] = [before.owner?.ref, alert.owner?.ref];
  if (alert.status === 'resolved' || from === to) return step;
  const isDue =
    before.notified !== 'nothing' &&
    alert.status === 'firing' &&
    alert.inhibitedBy === null;
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
): MaskedEvent {
  return { at, kind, by, text: masked(text) };
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
