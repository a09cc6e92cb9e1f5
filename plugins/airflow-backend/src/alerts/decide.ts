import { isDeepStrictEqual } from 'node:util';
import { causes } from './inhibition';
import {
  ended,
  fireIfHeld,
  inhibited,
  isHeldBack,
  noticed,
  passedOn,
  reopened,
  resolved,
  seenAgain,
  notifyIfDue,
  unchanged,
  type Step,
} from './lifecycle';
import { HOLD_OF_STATE_MS, REOPEN_MS } from './calm';
import type { Decision, StoredAlert } from '../model/storedAlerts';
import type { FirstReadings } from './firstReading';
import type { Finding, Proof } from '../rules';

/** What one evaluation of one cluster looks at. */
export interface Evaluation {
  /**
   * Every open alert of the cluster, those resolved within {@link REOPEN_MS} or of which is still to be told that they
   * are over, and the newest resolved one of each fingerprint that is found, however old: what was closed by hand stays
   * closed.
   */
  alerts: readonly StoredAlert[];
  findings: readonly Finding[];
  proofOf(alert: StoredAlert): Proof | null;
  /** Where the file of a DAG is that cannot be imported; null of other DAGs. */
  brokenFileOf(dagId: string): string | null;
  /** The rules that are not through with the cluster for the first time, or only just are. */
  firstReadings: FirstReadings;
  now: Date;
  newId(): string;
}

/** Says what becomes of the alerts of one cluster. Pure but for the ids that it asks for. */
export function decide(evaluation: Evaluation): Decision {
  const { alerts } = evaluation;
  const findings = byFingerprint(evaluation.findings);
  const found = foundSteps(findings, evaluation);
  const touched = new Set(found.map(({ alert }) => alert.id));
  const unfound = alerts
    .filter(({ id }) => !touched.has(id))
    .map(alert => unfoundStep(alert, findings, evaluation));
  const steps = notifySteps([...found, ...unfound], findings, evaluation);
  return toDecision(steps, alerts);
}

/** Sorted, so that it does not matter in which order rules found them. */
function byFingerprint(findings: readonly Finding[]): Map<string, Finding> {
  const sorted = [...findings].sort(
    (a, b) =>
      compare(a.fingerprint, b.fingerprint) ||
      compare(a.occurrence, b.occurrence),
  );
  return new Map(sorted.map(finding => [finding.fingerprint, finding]));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The open alert of each fingerprint, else the one that was resolved last. */
function newestByFingerprint(
  alerts: readonly StoredAlert[],
): Map<string, StoredAlert> {
  const newest = new Map<string, StoredAlert>();
  for (const alert of alerts) {
    const other = newest.get(alert.fingerprint);
    if (!other || endOf(alert) > endOf(other)) {
      newest.set(alert.fingerprint, alert);
    }
  }
  return newest;
}

function endOf({ resolution }: StoredAlert): number {
  return resolution ? Date.parse(resolution.at) : Infinity;
}

function foundSteps(
  findings: ReadonlyMap<string, Finding>,
  { alerts, firstReadings, now, newId }: Evaluation,
): Step[] {
  const newest = newestByFingerprint(alerts);
  const at = now.toISOString();
  const steps: Step[] = [];
  for (const finding of findings.values()) {
    const alert = newest.get(finding.fingerprint);
    if (alert && alert.status !== 'resolved') {
      const again = passedOn(seenAgain(alert, finding, at), alert, at);
      steps.push(fireIfHeld(again, finding, at));
    } else if (alert && isHeldBack(alert, finding)) {
      continue;
    } else if (alert && isStillTheSame(alert, now)) {
      steps.push(fireIfHeld(reopened(alert, finding, at), finding, at));
    } else {
      const step = noticed(finding, {
        at,
        id: newId(),
        before: alert,
        oldNews: isOldNews(finding, firstReadings),
      });
      steps.push(fireIfHeld(step, finding, at));
    }
  }
  return steps;
}

/** How a cluster and its components are is asked anew each time: that they are bad is never old. */
function isOldNews(
  { rule, subject }: Finding,
  firstReadings: FirstReadings,
): boolean {
  return (
    firstReadings.has(rule) &&
    subject.kind !== 'cluster' &&
    subject.kind !== 'component'
  );
}

/** What was over for a short time only, or was never told to be. */
function isStillTheSame(alert: StoredAlert, now: Date): boolean {
  const isShort = now.getTime() - endOf(alert) <= REOPEN_MS;
  return (
    alert.resolution?.kind === 'proof' &&
    (isShort || alert.notified !== 'nothing')
  );
}

/** Not being found is no proof: an alert stays as it is unless something shows that it is over. */
function unfoundStep(
  alert: StoredAlert,
  findings: ReadonlyMap<string, Finding>,
  { proofOf, now }: Evaluation,
): Step {
  if (findings.has(alert.fingerprint)) return unchanged(alert);
  if (alert.status === 'resolved') {
    const isByHand = alert.resolution?.kind === 'by-hand';
    return isByHand && proofOf(alert) ? ended(alert) : unchanged(alert);
  }
  const proof = proofOf(alert);
  return proof
    ? resolved(alert, { kind: 'proof', at: now.toISOString(), ...proof })
    : unchanged(alert);
}

/** Finds the cause of each open alert, and tells of those that have none. */
function notifySteps(
  steps: readonly Step[],
  findings: ReadonlyMap<string, Finding>,
  { brokenFileOf, firstReadings, now }: Evaluation,
): Step[] {
  const at = now.toISOString();
  const alerts = new Map(steps.map(({ alert }) => [alert.id, alert]));
  const open = steps
    .map(({ alert }) => alert)
    .filter(({ status }) => status !== 'resolved');
  const found = causes(open, brokenFileOf);
  return steps.map(step => {
    const { alert } = step;
    if (alert.status === 'resolved') return notifyIfDue(step, at);
    const causeId = found.get(alert.id);
    const finding = findings.get(alert.fingerprint);
    if (!causeId && staysHidden(alert, finding, alerts, now)) return step;
    const cause = alerts.get(causeId ?? '') ?? null;
    const caused = inhibited(step, cause, at);
    const isHeld =
      alert.oldNews && firstReadings.get(alert.rule) === 'under way';
    return isHeld ? caused : notifyIfDue(caused, at);
  });
}

/**
 * A cause that is just over goes on to inhibit until the facts were read again, for what it caused may be over too: the
 * scheduler that is back starts the runs that were missed, some ten a second. What is not found any more, for its DAG
 * is gone or is not read, stays hidden until it is found again, and so does what has a cause that goes on and is none any
 * more, as the error of a file whose DAG is listed again.
 */
function staysHidden(
  { inhibitedBy }: StoredAlert,
  finding: Finding | undefined,
  alerts: ReadonlyMap<string, StoredAlert>,
  now: Date,
): boolean {
  if (inhibitedBy === null) return false;
  const cause = alerts.get(inhibitedBy);
  // A cause that is seen once more inhibits when it fires.
  if (!finding) return cause?.status !== 'pending';
  if (!cause?.resolution || now.getTime() - endOf(cause) > REOPEN_MS) {
    return false;
  }
  const { factsReadAt } = finding;
  const settlesMs = cause.subject.kind === 'component' ? HOLD_OF_STATE_MS : 1;
  return (
    factsReadAt === null || Date.parse(factsReadAt) < endOf(cause) + settlesMs
  );
}

function toDecision(
  steps: readonly Step[],
  before: readonly StoredAlert[],
): Decision {
  const known = new Map(before.map(alert => [alert.id, alert]));
  return {
    alerts: steps
      .map(({ alert }) => alert)
      .filter(alert => !isDeepStrictEqual(alert, known.get(alert.id))),
    events: steps.flatMap(({ alert, events }) =>
      events.map(event => ({ ...event, alertId: alert.id })),
    ),
    notices: steps.flatMap(({ alert, notices }) =>
      notices.map(kind => ({ kind, alertId: alert.id })),
    ),
  };
}
