import { masked } from '../masked';
import {
  alertRuleTypes,
  componentNames,
  type AlertRuleType,
  type AlertSubject,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { decide } from '../alerts/decide';
import {
  acknowledge,
  resolveByHand,
  type PersonOutcome,
} from '../alerts/people';
import { REOPEN_MS } from '../alerts/calm';
import type { Decision, StoredAlert } from '../model/storedAlerts';
import { ruleTypes, type Finding } from '../rules';
import { aFinding } from './alerts';

const start = Date.parse('2026-11-24T03:00:00.000Z');
const cluster = 'prod-eu';

/** Everything that can be wrong with a small cluster: one subject for each rule, or one for each of its DAGs. */
export const subjects = alertRuleTypes.flatMap(
  (ruleType): [AlertRuleType, AlertSubject][] => {
    switch (ruleTypes[ruleType].about) {
      case 'cluster':
        return [[ruleType, { kind: 'cluster', cluster }]];
      case 'component':
        return componentNames.map(component => [
          ruleType,
          { kind: 'component', cluster, component },
        ]);
      case 'dag-file':
        return [[ruleType, { kind: 'dag-file', cluster, filename: 'a.py' }]];
      default:
        return ['a', 'b'].map(dagId => [
          ruleType,
          { kind: 'dag', cluster, dagId },
        ]);
    }
  },
);

export const fingerprints = subjects.map(([ruleType, subject]) =>
  [ruleType, ...Object.values(subject)].join('/'),
);

/** How one subject is at one evaluation. */
export type Condition = 'unknown' | 'right' | 'wrong' | 'wrong anew';

/** What is done to the alerts before an evaluation, and what it then sees. */
export interface Moment {
  minutesLater: number;
  conditions: Condition[];
  /** Who acts on which of the alerts there are. */
  actions: { act: 'take' | 'close'; nr: number }[];
  /** Whether facts were read since the evaluation before. */
  isReadAnew: boolean;
  order: number[];
}

/** A portal of its own: what is stored, and all that was ever decided. */
export class AlertWorld {
  readonly alerts = new Map<string, StoredAlert>();
  readonly decisions: Decision[] = [];
  private now = start;
  get at(): string {
    return new Date(this.now).toISOString();
  }
  private readAt = start;
  private ids = 0;
  private readonly occurrences = new Map<string, number>();

  pass({ minutesLater, isReadAnew, conditions }: Moment): void {
    this.now += minutesLater * 60_000;
    if (isReadAnew) this.readAt = this.now;
    for (const [i, condition] of conditions.entries()) {
      if (condition !== 'wrong anew') continue;
      const key = fingerprints[i];
      this.occurrences.set(key, (this.occurrences.get(key) ?? 0) + 1);
    }
  }

  act({ actions }: Moment): void {
    const at = new Date(this.now).toISOString();
    const by = 'user:default/ada';
    const all = [...this.alerts.values()];
    for (const { act, nr } of actions) {
      const known = all[nr % Math.max(all.length, 1)];
      const alert = known && this.alerts.get(known.id);
      if (!alert) continue;
      this.keepOutcome(
        act === 'take'
          ? acknowledge(alert, { by, note: null, at })
          : resolveByHand(alert, { by, reason: 'known', at }),
      );
    }
  }

  decideOn(
    conditions: readonly Condition[],
    order: readonly number[],
  ): Decision {
    const findings = conditions
      .map((condition, i) => ({ condition, i }))
      .filter(({ condition }) => condition.startsWith('wrong'))
      .sort((a, b) => order[a.i] - order[b.i])
      .map(({ i }) => this.findingOf(i));
    let ids = this.ids;
    return decide({
      alerts: this.handedIn(findings),
      findings,
      proofOf: alert => {
        const i = fingerprints.indexOf(alert.fingerprint);
        return conditions[i] === 'right'
          ? { text: masked('Is right'), runId: null }
          : null;
      },
      brokenFileOf: dagId => (dagId === 'a' ? '/dags/a.py' : null),
      firstReadings: new Map(),
      now: new Date(this.now),
      newId: () => {
        ids += 1;
        return `alert-${ids}`;
      },
    });
  }

  keep(decision: Decision): void {
    this.decisions.push(decision);
    for (const alert of decision.alerts) this.alerts.set(alert.id, alert);
    this.ids = this.alerts.size;
  }

  private keepOutcome(outcome: PersonOutcome): void {
    if (outcome.outcome === 'done') this.keep(outcome.decision);
  }

  private findingOf(i: number): Finding {
    const [ruleType, subject] = subjects[i];
    const key = fingerprints[i];
    return aFinding({
      fingerprint: key,
      occurrence: String(this.occurrences.get(key) ?? 0),
      ruleType,
      subject,
      forMs: i % 3 === 0 ? 60_000 : 0,
      since: new Date(this.readAt).toISOString(),
      factsReadAt: new Date(this.readAt).toISOString(),
    });
  }

  /** As the store hands them to a decision. */
  private handedIn(findings: readonly Finding[]): StoredAlert[] {
    const found = new Set(findings.map(({ fingerprint }) => fingerprint));
    return [...this.alerts.values()].filter(
      ({ resolution, fingerprint, notified: news }) =>
        !resolution ||
        news !== 'nothing' ||
        found.has(fingerprint) ||
        this.now - Date.parse(resolution.at) <= REOPEN_MS,
    );
  }
}
