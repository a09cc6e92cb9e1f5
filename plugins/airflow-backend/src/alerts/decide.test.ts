import {
  alertRuleTypes,
  componentNames,
  type AlertRuleType,
  type AlertSubject,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import fc from 'fast-check';
import { aFinding } from '../__testUtils__/alerts';
import { decide, REOPEN_MS } from './decide';
import { acknowledge, resolveByHand, type PersonOutcome } from './people';
import type { Decision, Finding, StoredAlert } from './types';

const start = Date.parse('2026-11-24T03:00:00.000Z');
const cluster = 'prod-eu';

/** Everything that can be wrong with a small cluster: one subject for each rule, or one for each of its DAGs. */
const subjects = alertRuleTypes.flatMap(
  (ruleType): [AlertRuleType, AlertSubject][] => {
    switch (ruleType) {
      case 'cluster-unreachable':
        return [[ruleType, { kind: 'cluster', cluster }]];
      case 'component-unhealthy':
        return componentNames.map(component => [
          ruleType,
          { kind: 'component', cluster, component },
        ]);
      case 'import-error':
        return [[ruleType, { kind: 'dag-file', cluster, filename: 'a.py' }]];
      default:
        return ['a', 'b'].map(dagId => [
          ruleType,
          { kind: 'dag', cluster, dagId },
        ]);
    }
  },
);

const fingerprints = subjects.map(([ruleType, subject]) =>
  [ruleType, ...Object.values(subject)].join('/'),
);

/** How one subject is at one evaluation. */
type Condition = 'unknown' | 'right' | 'wrong' | 'wrong anew';

/** What is done to the alerts before an evaluation, and what it then sees. */
interface Moment {
  minutesLater: number;
  conditions: Condition[];
  /** Who acts on which of the alerts there are. */
  deeds: { act: 'take' | 'close'; nr: number }[];
  /** Whether facts were read since the evaluation before. */
  isReadAnew: boolean;
  order: number[];
}

const moments = fc.array(
  fc.record<Moment>({
    minutesLater: fc.constantFrom(0, 1, 10, 40),
    conditions: fc.array(
      fc.constantFrom<Condition>(
        'unknown',
        'right',
        'wrong',
        'wrong',
        'wrong anew',
      ),
      { minLength: subjects.length, maxLength: subjects.length },
    ),
    deeds: fc.array(
      fc.record({
        act: fc.constantFrom('take' as const, 'close' as const),
        nr: fc.nat(30),
      }),
      { maxLength: 3 },
    ),
    isReadAnew: fc.boolean(),
    order: fc.array(fc.nat(), {
      minLength: subjects.length,
      maxLength: subjects.length,
    }),
  }),
  { minLength: 1, maxLength: 12 },
);

/** A portal of its own: what is stored, and all that was ever decided. */
class World {
  readonly alerts = new Map<string, StoredAlert>();
  readonly decisions: Decision[] = [];
  private now = start;
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

  act({ deeds }: Moment): void {
    const at = new Date(this.now).toISOString();
    const by = 'user:default/ada';
    const all = [...this.alerts.values()];
    for (const { act, nr } of deeds) {
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
          ? { text: 'Is right', runId: null }
          : null;
      },
      failures: new Map(),
      hasImportErrors: dagId => dagId === 'a',
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
      ({ resolution, fingerprint }) =>
        !resolution ||
        found.has(fingerprint) ||
        this.now - Date.parse(resolution.at) <= REOPEN_MS,
    );
  }
}

/** What one evaluation left, and the moment that it was about. */
interface Lived {
  world: World;
  decision: Decision;
  moment: Moment;
}

/** Lives through any moments; after each evaluation nothing may be wrong. */
function neverWrong(wrong: (lived: Lived) => unknown[]): void {
  fc.assert(
    fc.property(moments, passing => {
      const world = new World();
      for (const moment of passing) {
        world.act(moment);
        world.pass(moment);
        const decision = world.decideOn(moment.conditions, moment.order);
        world.keep(decision);
        expect(wrong({ world, decision, moment })).toEqual([]);
      }
    }),
  );
}

function all({ world }: Lived): StoredAlert[] {
  return [...world.alerts.values()];
}

describe('whatever happens', () => {
  it('there are never two open alerts for a fingerprint', () => {
    neverWrong(lived => {
      const open = all(lived)
        .filter(({ status }) => status !== 'resolved')
        .map(({ fingerprint }) => fingerprint);
      return open.filter((name, i) => open.indexOf(name) !== i);
    });
  });

  it('nobody is told of what is inhibited, pending or taken', () => {
    neverWrong(({ world, decision }) =>
      decision.notices.filter(({ kind, alertId }) => {
        const alert = world.alerts.get(alertId);
        const wanted = kind === 'fired' ? 'firing' : 'resolved';
        return alert?.status !== wanted || alert.inhibitedBy !== null;
      }),
    );
  });

  it('what fires and has no cause is told', () => {
    neverWrong(lived =>
      all(lived).filter(
        ({ status, inhibitedBy, told }) =>
          status === 'firing' && inhibitedBy === null && !told,
      ),
    );
  });

  it('that it is over is told only after that it fires, and the two take turns', () => {
    neverWrong(({ world }) => {
      const last = new Map<string, string>();
      const notices = world.decisions.flatMap(decision => decision.notices);
      return notices.filter(({ kind, alertId }) => {
        const before = last.get(alertId) ?? 'resolved';
        last.set(alertId, kind);
        return kind === before;
      });
    });
  });

  it('only what fired inhibits, and only what is open', () => {
    neverWrong(lived =>
      all(lived).filter(
        ({ id, inhibitedBy, status }) =>
          inhibitedBy !== null &&
          (status === 'resolved' ||
            inhibitedBy === id ||
            !lived.world.alerts.get(inhibitedBy)?.firedAt),
      ),
    );
  });

  it('deciding twice on the same facts changes nothing', () => {
    neverWrong(({ world, moment }) => {
      const again = world.decideOn(moment.conditions, moment.order);
      return [...again.alerts, ...again.events, ...again.notices];
    });
  });

  it('nothing is over that was not proven or closed', () => {
    neverWrong(({ decision, moment }) =>
      decision.alerts.filter(
        ({ fingerprint, status }) =>
          status === 'resolved' &&
          moment.conditions[fingerprints.indexOf(fingerprint)] !== 'right',
      ),
    );
  });

  it('the order in which rules find things does not matter', () => {
    fc.assert(
      fc.property(moments, passing => {
        const world = new World();
        for (const moment of passing) {
          world.act(moment);
          world.pass(moment);
          const { conditions, order } = moment;
          const decision = world.decideOn(conditions, order);
          const otherwise = world.decideOn(conditions, [...order].reverse());
          expect(otherwise).toEqual(decision);
          world.keep(decision);
        }
      }),
    );
  });
});
