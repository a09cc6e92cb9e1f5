import fc from 'fast-check';
import {
  AlertWorld,
  fingerprints,
  subjects,
  type Condition,
  type Moment,
} from '../__testUtils__/AlertWorld';
import type { Decision, StoredAlert } from '../model/storedAlerts';

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
    actions: fc.array(
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

/** What one evaluation left, and the moment that it was about. */
interface Lived {
  world: AlertWorld;
  /** The alerts before it. */
  before: ReadonlyMap<string, StoredAlert>;
  decision: Decision;
  moment: Moment;
}

/** What is wrong after the first evaluation after which anything is. */
function wrongIn(
  passing: readonly Moment[],
  wrong: (lived: Lived) => unknown[],
): unknown[] {
  const world = new AlertWorld();
  for (const moment of passing) {
    world.act(moment);
    world.pass(moment);
    const before = new Map(world.alerts);
    const decision = world.decideOn(moment.conditions, moment.order);
    world.keep(decision);
    const found = wrong({ world, before, decision, moment });
    if (found.length > 0) return found;
  }
  return [];
}

function always(holds: (passing: Moment[]) => void): void {
  fc.assert(fc.property(moments, holds));
}

function alertsOf({ world }: Lived): StoredAlert[] {
  return [...world.alerts.values()];
}

describe('whatever happens', () => {
  it('there are never two open alerts for a fingerprint', () => {
    always(passing => {
      expect(
        wrongIn(passing, lived => {
          const open = alertsOf(lived)
            .filter(({ status }) => status !== 'resolved')
            .map(({ fingerprint }) => fingerprint);
          return open.filter((name, i) => open.indexOf(name) !== i);
        }),
      ).toEqual([]);
    });
  });

  it('nobody is told of what is inhibited, pending or taken', () => {
    always(passing => {
      expect(
        wrongIn(passing, ({ world, decision }) =>
          decision.notices.filter(({ kind, alertId }) => {
            const alert = world.alerts.get(alertId);
            const wanted = kind === 'fired' ? 'firing' : 'resolved';
            return alert?.status !== wanted || alert.inhibitedBy !== null;
          }),
        ),
      ).toEqual([]);
    });
  });

  it('only what is found is told to fire, also of what its cause hid for long', () => {
    always(passing => {
      expect(
        wrongIn(passing, ({ world, before, decision, moment }) =>
          decision.notices.filter(({ kind, alertId }) => {
            const { fingerprint } = world.alerts.get(alertId) ?? {};
            const at = fingerprints.indexOf(fingerprint ?? '');
            const { inhibitedBy } = before.get(alertId) ?? {};
            const cause = world.alerts.get(inhibitedBy ?? '');
            return (
              kind === 'fired' &&
              !moment.conditions[at].startsWith('wrong') &&
              cause?.status !== 'pending'
            );
          }),
        ),
      ).toEqual([]);
    });
  });

  it('what fires and has no cause is told', () => {
    always(passing => {
      expect(
        wrongIn(passing, lived =>
          alertsOf(lived).filter(
            ({ status, inhibitedBy, notified }) =>
              status === 'firing' &&
              inhibitedBy === null &&
              notified === 'nothing',
          ),
        ),
      ).toEqual([]);
    });
  });

  it('that it is over is told only after that it fires, and that again only after that or when it flaps', () => {
    always(passing => {
      expect(
        wrongIn(passing, ({ world }) => {
          const last = new Map<string, string>();
          return world.decisions.flatMap(({ alerts, notices }) =>
            notices.filter(({ kind, alertId }) => {
              const before = last.get(alertId) ?? 'resolved';
              last.set(alertId, kind);
              const then = alerts.find(({ id }) => id === alertId);
              const flaps = kind === 'fired' && then?.notified === 'flaps';
              return kind === before && !flaps;
            }),
          );
        }),
      ).toEqual([]);
    });
  });

  it('only what fired inhibits, and only what is open', () => {
    always(passing => {
      expect(
        wrongIn(passing, lived =>
          alertsOf(lived).filter(
            ({ id, inhibitedBy, status }) =>
              inhibitedBy !== null &&
              (status === 'resolved' ||
                inhibitedBy === id ||
                !lived.world.alerts.get(inhibitedBy)?.firedAt),
          ),
        ),
      ).toEqual([]);
    });
  });

  it('deciding twice on the same facts changes nothing', () => {
    always(passing => {
      expect(
        wrongIn(passing, ({ world, moment }) => {
          const again = world.decideOn(moment.conditions, moment.order);
          return [...again.alerts, ...again.events, ...again.notices];
        }),
      ).toEqual([]);
    });
  });

  it('nothing is over that was not proven or closed', () => {
    always(passing => {
      expect(
        wrongIn(passing, ({ world, decision, moment }) =>
          decision.alerts.filter(
            ({ fingerprint, resolution }) =>
              resolution?.at === world.at &&
              moment.conditions[fingerprints.indexOf(fingerprint)] !== 'right',
          ),
        ),
      ).toEqual([]);
    });
  });

  it('the order in which rules find things does not matter', () => {
    always(passing => {
      const world = new AlertWorld();
      for (const moment of passing) {
        world.act(moment);
        world.pass(moment);
        const { conditions, order } = moment;
        const decision = world.decideOn(conditions, order);
        const otherwise = world.decideOn(conditions, [...order].reverse());
        expect(otherwise).toEqual(decision);
        world.keep(decision);
      }
    });
  });
});
