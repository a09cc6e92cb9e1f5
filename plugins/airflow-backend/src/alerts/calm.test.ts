import type { AlertSubject } from '@airflow-fleet/backstage-plugin-airflow-common';
import fc from 'fast-check';
import { aFinding, anAlertOf } from '../__testUtils__/alerts';
import { evaluate, proof } from '../__testUtils__/evaluate';
import { holdMs, newsOf, opened, recent, REOPEN_MS } from './calm';
import type { StoredAlert } from '../model/storedAlerts';
import type { Finding } from '../rules';

const MINUTE_MS = 60_000;
const start = Date.parse('2026-11-24T03:00:00.000Z');

const cluster: AlertSubject = { kind: 'cluster', cluster: 'prod-eu' };
const dag: AlertSubject = {
  kind: 'dag',
  cluster: 'prod-eu',
  dagId: 'load_orders',
};

/** A portal that looks at one subject every minute, and what it tells of it. */
class Watch {
  readonly told: { minute: number; what: string }[] = [];
  private alerts: StoredAlert[] = [];
  private minute = 0;
  private runs = 0;

  constructor(
    private readonly subject: AlertSubject,
    private readonly forMs = 0,
  ) {}

  /** So many minutes of the same, with an evaluation in each. */
  pass(minutes: number, state: 'on' | 'off'): void {
    for (let i = 0; i < minutes; i += 1) this.look(state);
  }

  /** The portal is stopped meanwhile. */
  skip(minutes: number): void {
    this.minute += minutes;
  }

  failAgain(): void {
    this.runs += 1;
  }

  lastTold(): string {
    return this.told.at(-1)?.what ?? 'over';
  }

  lines(): string[] {
    return this.told.map(({ minute, what }) => `${minute} ${what}`);
  }

  /** The most notices within any hour. */
  mostInAnHour(): number {
    const counts = this.told.map(
      ({ minute: from }) =>
        this.told.filter(({ minute }) => minute >= from && minute < from + 60)
          .length,
    );
    return Math.max(0, ...counts);
  }

  private look(state: 'on' | 'off'): void {
    const now = new Date(start + this.minute * MINUTE_MS);
    const decision = evaluate({
      alerts: this.alerts,
      findings: state === 'on' ? [this.finding(now)] : [],
      proofOf: () => (state === 'off' ? proof : null),
      now,
      newId: () => `alert-${this.minute}`,
    });
    const known = new Map(this.alerts.map(alert => [alert.id, alert]));
    for (const alert of decision.alerts) known.set(alert.id, alert);
    this.alerts = [...known.values()];
    for (const { kind, alertId } of decision.notices) {
      const flaps = known.get(alertId)?.notified === 'flaps';
      const what = kind === 'resolved' ? 'over' : 'fires';
      this.told.push({
        minute: this.minute,
        what: flaps && kind === 'fired' ? 'flaps' : what,
      });
    }
    this.minute += 1;
  }

  private finding(now: Date): Finding {
    return aFinding({
      subject: this.subject,
      forMs: this.forMs,
      occurrence: `run ${this.runs}`,
      since: now.toISOString(),
    });
  }
}

describe('what is told of something that comes and goes', () => {
  it('of three stops of a web server within minutes, three notices', () => {
    const watch = new Watch(cluster);
    for (let stop = 0; stop < 3; stop += 1) {
      watch.pass(1, 'on');
      watch.pass(1, 'off');
    }
    watch.pass(60, 'off');
    expect(watch.lines()).toEqual(['0 fires', '4 flaps', '35 over']);
  });

  it('of one short stop, that it is over once it has held', () => {
    const watch = new Watch(cluster);
    watch.pass(3, 'on');
    watch.pass(9, 'off');
    expect(watch.lines()).toEqual(['0 fires', '5 over']);
  });

  it('of a DAG that fails, fails, fails and recovers, two notices', () => {
    const watch = new Watch(dag);
    for (let run = 0; run < 3; run += 1) {
      watch.failAgain();
      watch.pass(5, 'on');
    }
    watch.pass(5, 'off');
    expect(watch.lines()).toEqual(['0 fires', '15 over']);
  });

  it('of a DAG whose runs fail and succeed by turns, that it flaps', () => {
    const watch = new Watch(dag);
    for (let run = 0; run < 12; run += 1) {
      watch.pass(5, run % 2 === 0 ? 'on' : 'off');
    }
    watch.pass(60, 'off');
    expect(watch.lines()).toEqual([
      '0 fires',
      '5 over',
      '10 fires',
      '20 flaps',
      '85 over',
    ]);
  });

  it('of what flaps and then stays, nothing but that it flaps', () => {
    const watch = new Watch(cluster);
    for (let stop = 0; stop < 4; stop += 1) {
      watch.pass(1, 'on');
      watch.pass(1, 'off');
    }
    watch.pass(600, 'on');
    expect(watch.lines()).toEqual(['0 fires', '4 flaps']);
  });

  it('of what is over while the portal is stopped, that it is over when it is back', () => {
    const watch = new Watch(cluster);
    watch.pass(2, 'on');
    watch.pass(1, 'off');
    watch.skip(50);
    watch.pass(1, 'off');
    expect(watch.lines()).toEqual(['0 fires', '53 over']);
  });

  it('forgets after an hour that something came and went', () => {
    const watch = new Watch(dag);
    for (let day = 0; day < 3; day += 1) {
      watch.pass(2, 'on');
      watch.pass(88, 'off');
    }
    expect(watch.told.map(({ what }) => what)).toEqual(
      Array(3).fill(['fires', 'over']).flat(),
    );
  });
});

const minute = (nr: number) => new Date(start + nr * MINUTE_MS).toISOString();
const component: AlertSubject = {
  kind: 'component',
  cluster: 'prod-eu',
  component: 'scheduler',
};
const proven = {
  kind: 'proof',
  at: minute(0),
  text: 'ran',
  runId: null,
} as const;
const byHand = {
  kind: 'by-hand',
  at: minute(0),
  by: 'user:default/ada',
  reason: 'a drill',
} as const;

describe('how long something must be over before that is told', () => {
  it.each([
    ['a DAG, the first time', dag, 1, proven, 0],
    ['a cluster, the first time', cluster, 1, proven, 2],
    ['a component, the first time', component, 1, proven, 2],
    ['what came back once', dag, 2, proven, 5],
    ['what flaps', dag, 3, proven, 30],
    ['what somebody closed, though it flaps', cluster, 3, byHand, 0],
  ])('of %s', (_what, subject, times, resolution, minutes) => {
    const openings = Array.from({ length: times }, (_, i) => minute(-i));
    expect(holdMs({ subject, openings, resolution })).toBe(minutes * MINUTE_MS);
  });
});

describe('how often something came', () => {
  it('counts what is less than an hour old, and twenty at most', () => {
    expect(recent([minute(0), minute(1)], minute(60))).toEqual([minute(1)]);
    const often = Array.from({ length: 30 }, (_, i) => minute(i));
    const { openings, flapping } = opened(often, minute(30));
    expect(openings).toEqual([...often.slice(11), minute(30)]);
    expect(flapping).toEqual({ times: 20, since: minute(11) });
    expect(opened([minute(0)], minute(1)).flapping).toBeNull();
  });
});

describe('what there is to tell of an alert', () => {
  const flapping = { times: 3, since: minute(0) };
  const resolved = { status: 'resolved', resolution: proven } as const;
  it.each<[string, Partial<StoredAlert>, ReturnType<typeof newsOf>]>([
    ['that fires, of which nobody was told', { notified: 'nothing' }, 'fires'],
    ['that fires, of which somebody was told', { notified: 'fires' }, null],
    ['that has a cause', { notified: 'nothing', inhibitedBy: 'a2' }, null],
    ['that flaps', { notified: 'fires', flapping }, 'flaps'],
    ['that flaps, as was told', { notified: 'flaps', flapping }, null],
    [
      'that waits to fire',
      { notified: 'fires', status: 'pending', resolution: proven },
      null,
    ],
    ['that is over', { ...resolved, notified: 'fires' }, 'over'],
    [
      'that is over, and never was told',
      { ...resolved, notified: 'nothing' },
      null,
    ],
  ])('%s', (_what, change, news) => {
    const alert = anAlertOf(aFinding({ subject: dag }), change);
    expect(newsOf(alert, minute(1))).toBe(news);
  });
});

interface Passing {
  subject: AlertSubject;
  forMs: number;
  spans: { minutes: number; skipped: number; state: 'on' | 'off' }[];
}

const passing = fc.record<Passing>({
  subject: fc.constantFrom(cluster, dag),
  forMs: fc.constantFrom(0, MINUTE_MS, 5 * MINUTE_MS),
  spans: fc.array(
    fc.record({
      minutes: fc.oneof(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 70 }),
      ),
      skipped: fc.constantFrom(0, 0, 0, 1, 15, 90),
      state: fc.constantFrom<'on' | 'off'>('on', 'off'),
    }),
    { minLength: 1, maxLength: 25 },
  ),
});

describe('however something comes and goes', () => {
  const watched = ({ subject, forMs, spans }: Passing) => {
    const watch = new Watch(subject, forMs);
    for (const { minutes, skipped, state } of spans) {
      watch.skip(skipped);
      watch.pass(minutes, state);
    }
    return watch;
  };

  it('no more than eight notices an hour are told of it', () => {
    fc.assert(
      fc.property(passing, given => {
        expect(watched(given).mostInAnHour()).toBeLessThanOrEqual(8);
      }),
      { numRuns: 100 },
    );
  });

  it('what was told last is true half an hour after it last changed', () => {
    fc.assert(
      fc.property(passing, fc.constantFrom('on', 'off'), (given, last) => {
        const watch = watched(given);
        watch.pass(REOPEN_MS / MINUTE_MS + 1, last);
        expect(watch.lastTold() === 'over').toBe(last === 'off');
      }),
      { numRuns: 100 },
    );
  });

  it('that it is wrong is never held back', () => {
    fc.assert(
      fc.property(passing, given => {
        const watch = watched(given);
        watch.pass(1 + given.forMs / MINUTE_MS, 'on');
        expect(watch.lastTold()).not.toBe('over');
      }),
      { numRuns: 100 },
    );
  });
});
