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
  tellIfDue,
  unchanged,
  type Step,
} from './lifecycle';
import type { Decision, Failures, Finding, Proof, StoredAlert } from './types';

/** What comes back within this time after it was proven over is the same trouble. */
export const REOPEN_MS = 30 * 60_000;

/** What one evaluation of one cluster looks at. */
export interface Evaluation {
  /**
   * Every open alert of the cluster, those resolved within {@link REOPEN_MS}, and the newest resolved one of each
   * fingerprint that is found, however old: what was closed by hand stays closed.
   */
  alerts: readonly StoredAlert[];
  findings: readonly Finding[];
  proofOf(alert: StoredAlert): Proof | null;
  failures: Failures;
  /** Whether the file of a DAG cannot be imported. */
  hasImportErrors(dagId: string): boolean;
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
  const steps = tellSteps([...found, ...unfound], findings, evaluation);
  return toDecision(steps, alerts);
}

/** The findings that no open alert tells of yet; of these it is worth while to fetch why they failed. */
export function newFindings({
  alerts,
  findings,
}: Pick<Evaluation, 'alerts' | 'findings'>): Finding[] {
  const newest = newestByFingerprint(alerts);
  return findings.filter(finding => {
    const alert = newest.get(finding.fingerprint);
    if (!alert) return true;
    return alert.status === 'resolved'
      ? !isHeldBack(alert, finding)
      : alert.occurrence !== finding.occurrence;
  });
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
  { alerts, failures, now, newId }: Evaluation,
): Step[] {
  const newest = newestByFingerprint(alerts);
  const at = now.toISOString();
  const steps: Step[] = [];
  for (const finding of findings.values()) {
    const alert = newest.get(finding.fingerprint);
    const given = { failure: failures.get(finding.fingerprint), at };
    if (alert && alert.status !== 'resolved') {
      const again = passedOn(seenAgain(alert, finding, given), alert, at);
      steps.push(fireIfHeld(again, finding, at));
    } else if (alert && isHeldBack(alert, finding)) {
      continue;
    } else if (alert && isProvenOverSoonBefore(alert, now)) {
      steps.push(fireIfHeld(reopened(alert, finding, given), finding, at));
    } else {
      const step = noticed(finding, { ...given, id: newId() });
      steps.push(fireIfHeld(step, finding, at));
    }
  }
  return steps;
}

function isProvenOverSoonBefore(alert: StoredAlert, now: Date): boolean {
  return (
    alert.resolution?.kind === 'proof' &&
    now.getTime() - endOf(alert) <= REOPEN_MS
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
function tellSteps(
  steps: readonly Step[],
  findings: ReadonlyMap<string, Finding>,
  { hasImportErrors, now }: Evaluation,
): Step[] {
  const alerts = new Map(steps.map(({ alert }) => [alert.id, alert]));
  const open = steps
    .map(({ alert }) => alert)
    .filter(({ status }) => status !== 'resolved');
  const found = causes(open, hasImportErrors);
  return steps.map(step => {
    const { alert } = step;
    if (alert.status === 'resolved') return step;
    const causeId =
      found.get(alert.id) ??
      causeToWaitFor(alert, findings.get(alert.fingerprint), alerts);
    const cause = alerts.get(causeId ?? '') ?? null;
    return tellIfDue(inhibited(step, cause, now.toISOString()));
  });
}

/**
 * A cause that is just over goes on to inhibit until the facts were read again, for what it caused may be over too:
 * the scheduler that is back starts the runs that were missed.
 */
function causeToWaitFor(
  alert: StoredAlert,
  finding: Finding | undefined,
  alerts: ReadonlyMap<string, StoredAlert>,
): string | null {
  const cause = alerts.get(alert.inhibitedBy ?? '');
  if (!cause?.resolution) return null;
  const readAt = finding?.factsReadAt ?? null;
  const isReadSince =
    readAt !== null && Date.parse(readAt) > Date.parse(cause.resolution.at);
  return isReadSince ? null : cause.id;
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
