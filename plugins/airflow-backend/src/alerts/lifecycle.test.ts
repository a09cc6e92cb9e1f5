import type { AlertStatus } from '@airflow-fleet/backstage-plugin-airflow-common';
import { aFinding, anAlertOf, readAt } from '../__testUtils__/alerts';
import { decide, newFindings, type Evaluation } from './decide';
import { acknowledge, resolveByHand } from './people';
import type { Decision, Finding, StoredAlert } from './types';

const now = '2026-11-24T03:10:00.000Z';

function minutesBefore(moment: string, minutes: number): string {
  return new Date(Date.parse(moment) - minutes * 60_000).toISOString();
}

const finding = aFinding();
const failure = {
  runId: 'run 1',
  taskId: 'extract',
  mapIndex: -1,
  tryNumber: 1,
  exception: 'ValueError: no rows',
  excerpt: [],
};

function evaluate(overrides: Partial<Evaluation>): Decision {
  let ids = 0;
  return decide({
    alerts: [],
    findings: [],
    proofOf: () => null,
    failures: new Map(),
    hasImportErrors: () => false,
    now: new Date(now),
    newId: () => {
      ids += 1;
      return `new-${ids}`;
    },
    ...overrides,
  });
}

const taken = { at: readAt, by: 'user:default/ada', note: null };

function resolvedBy(kind: 'proof' | 'by-hand', minutesAgo: number) {
  const at = minutesBefore(now, minutesAgo);
  return kind === 'proof'
    ? { kind, at, text: 'Run 2 succeeded', runId: 'run 2' }
    : { kind, at, by: 'user:default/ada', reason: 'known' };
}

const states: Record<string, StoredAlert[]> = {
  'not there': [],
  pending: [
    anAlertOf(finding, { status: 'pending', firedAt: null, told: false }),
  ],
  firing: [anAlertOf(finding)],
  acknowledged: [
    anAlertOf(finding, { status: 'acknowledged', acknowledged: taken }),
  ],
  'proven over just now': [
    anAlertOf(finding, {
      status: 'resolved',
      resolution: resolvedBy('proof', 30),
    }),
  ],
  'proven over long ago': [
    anAlertOf(finding, {
      status: 'resolved',
      resolution: resolvedBy('proof', 31),
    }),
  ],
  'closed by hand': [
    anAlertOf(finding, {
      status: 'resolved',
      resolution: resolvedBy('by-hand', 9999),
    }),
  ],
};

const proof = { text: 'Run 2 succeeded', runId: 'run 2' };

const events: Record<string, Partial<Evaluation>> = {
  'found, and held for long enough': { findings: [finding] },
  'found, but not for long enough': {
    findings: [{ ...finding, forMs: 11 * 60_000 }],
  },
  'found as something new': {
    findings: [{ ...finding, occurrence: 'run 2', runId: 'run 2' }],
  },
  'not found': {},
  'proven over': { proofOf: () => proof },
};

/** What became of the alert that was there, and of the one that came beside it. */
function outcome(decision: Decision, before: readonly StoredAlert[]) {
  const after = new Map(before.map(({ id, status }) => [id, status]));
  for (const { id, status } of decision.alerts) after.set(id, status);
  return {
    statuses: [...after.values()],
    events: decision.events.map(({ kind }) => kind),
    told: decision.notices.map(({ kind }) => kind),
  };
}

type Expected = [
  state: string,
  event: string,
  statuses: AlertStatus[],
  timeline: string[],
  told: string[],
];

const table: Expected[] = [
  [
    'not there',
    'found, and held for long enough',
    ['firing'],
    ['noticed', 'fired'],
    ['fired'],
  ],
  ['not there', 'found, but not for long enough', ['pending'], ['noticed'], []],
  [
    'not there',
    'found as something new',
    ['firing'],
    ['noticed', 'fired'],
    ['fired'],
  ],
  ['not there', 'not found', [], [], []],
  ['not there', 'proven over', [], [], []],

  [
    'pending',
    'found, and held for long enough',
    ['firing'],
    ['fired'],
    ['fired'],
  ],
  ['pending', 'found, but not for long enough', ['pending'], [], []],
  [
    'pending',
    'found as something new',
    ['firing'],
    ['worse', 'fired'],
    ['fired'],
  ],
  ['pending', 'not found', ['pending'], [], []],
  ['pending', 'proven over', ['resolved'], ['resolved'], []],

  ['firing', 'found, and held for long enough', ['firing'], [], []],
  ['firing', 'found, but not for long enough', ['firing'], [], []],
  ['firing', 'found as something new', ['firing'], ['worse'], []],
  ['firing', 'not found', ['firing'], [], []],
  ['firing', 'proven over', ['resolved'], ['resolved'], ['resolved']],

  ['acknowledged', 'found, and held for long enough', ['acknowledged'], [], []],
  ['acknowledged', 'found, but not for long enough', ['acknowledged'], [], []],
  ['acknowledged', 'found as something new', ['acknowledged'], ['worse'], []],
  ['acknowledged', 'not found', ['acknowledged'], [], []],
  ['acknowledged', 'proven over', ['resolved'], ['resolved'], ['resolved']],

  [
    'proven over just now',
    'found, and held for long enough',
    ['firing'],
    ['reopened', 'fired'],
    ['fired'],
  ],
  [
    'proven over just now',
    'found, but not for long enough',
    ['pending'],
    ['reopened'],
    [],
  ],
  [
    'proven over just now',
    'found as something new',
    ['firing'],
    ['reopened', 'fired'],
    ['fired'],
  ],
  ['proven over just now', 'not found', ['resolved'], [], []],
  ['proven over just now', 'proven over', ['resolved'], [], []],

  [
    'proven over long ago',
    'found, and held for long enough',
    ['resolved', 'firing'],
    ['noticed', 'fired'],
    ['fired'],
  ],
  [
    'proven over long ago',
    'found, but not for long enough',
    ['resolved', 'pending'],
    ['noticed'],
    [],
  ],
  [
    'proven over long ago',
    'found as something new',
    ['resolved', 'firing'],
    ['noticed', 'fired'],
    ['fired'],
  ],
  ['proven over long ago', 'not found', ['resolved'], [], []],
  ['proven over long ago', 'proven over', ['resolved'], [], []],

  ['closed by hand', 'found, and held for long enough', ['resolved'], [], []],
  ['closed by hand', 'found, but not for long enough', ['resolved'], [], []],
  [
    'closed by hand',
    'found as something new',
    ['resolved', 'firing'],
    ['noticed', 'fired'],
    ['fired'],
  ],
  ['closed by hand', 'not found', ['resolved'], [], []],
  ['closed by hand', 'proven over', ['resolved'], [], []],
];

describe('the life of an alert', () => {
  it('is written down for every state and event', () => {
    const written = table.map(([state, event]) => `${state} × ${event}`);
    const possible = Object.keys(states).flatMap(state =>
      Object.keys(events).map(event => `${state} × ${event}`),
    );
    expect(written).toEqual(possible);
  });

  it.each(table)(
    '%s, when it is %s, is %p',
    (state, event, statuses, timeline, told) => {
      const alerts = states[state];
      const decision = evaluate({ alerts, ...events[event] });
      expect(outcome(decision, alerts)).toEqual({
        statuses,
        events: timeline,
        told,
      });
    },
  );

  it('fires with all that is known of it', () => {
    const {
      alerts,
      events: timeline,
      notices,
    } = evaluate({
      findings: [finding],
      failures: new Map([[finding.fingerprint, failure]]),
    });
    const { forMs: _, ...facts } = finding;
    expect(alerts).toEqual([
      {
        ...facts,
        id: 'new-1',
        status: 'firing',
        firedAt: now,
        lastSeenAt: now,
        failure,
        acknowledged: null,
        resolution: null,
        inhibitedBy: null,
        reopened: 0,
        told: true,
      },
    ]);
    expect(timeline).toEqual([
      {
        alertId: 'new-1',
        at: now,
        kind: 'noticed',
        by: null,
        text: 'Run 1 failed',
      },
      {
        alertId: 'new-1',
        at: now,
        kind: 'fired',
        by: null,
        text: 'Fires at once',
      },
    ]);
    expect(notices).toEqual([{ kind: 'fired', alertId: 'new-1' }]);
  });

  it('tells of the newest finding, since the oldest moment', () => {
    const [alert] = evaluate({
      alerts: states.firing,
      findings: [
        {
          ...finding,
          severity: 'critical',
          observed: 'worse',
          since: now,
          factsReadAt: now,
        },
      ],
    }).alerts;
    expect(alert).toMatchObject({
      severity: 'critical',
      observed: 'worse',
      since: readAt,
      lastSeenAt: now,
      factsReadAt: now,
    });
  });

  it('forgets why an earlier run failed when another one did', () => {
    const alerts = [anAlertOf(finding, { failure })];
    const seen = (occurrence: string) =>
      evaluate({ alerts, findings: [{ ...finding, occurrence }] }).alerts[0];
    expect(seen('run 1').failure).toEqual(failure);
    expect(seen('run 2').failure).toBeNull();
  });

  it('comes back as the same alert, which nobody has and is told of anew', () => {
    const before = anAlertOf(finding, {
      status: 'resolved',
      acknowledged: taken,
      resolution: resolvedBy('proof', 5),
      reopened: 1,
    });
    const again = { ...finding, since: minutesBefore(now, 1) };
    expect(evaluate({ alerts: [before], findings: [again] }).alerts).toEqual([
      {
        ...before,
        status: 'firing',
        since: again.since,
        firedAt: now,
        lastSeenAt: now,
        acknowledged: null,
        resolution: null,
        reopened: 2,
      },
    ]);
  });

  it('says what proved it over', () => {
    const decision = evaluate({ alerts: states.firing, proofOf: () => proof });
    expect(decision.alerts[0].resolution).toEqual({
      kind: 'proof',
      at: now,
      ...proof,
    });
    expect(decision.events[0].text).toBe('Run 2 succeeded');
  });

  it('comes back after it was closed by hand once it had ended', () => {
    const { alerts } = evaluate({
      alerts: states['closed by hand'],
      proofOf: () => proof,
    });
    const decision = evaluate({ alerts, findings: [finding] });
    expect(outcome(decision, alerts)).toMatchObject({
      statuses: ['resolved', 'firing'],
      told: ['fired'],
    });
    expect(evaluate({ alerts, proofOf: () => proof })).toEqual({
      alerts: [],
      events: [],
      notices: [],
    });
  });

  it('knows which findings are news', () => {
    const isNews = (state: string, found: Finding) =>
      newFindings({ alerts: states[state], findings: [found] }).length === 1;
    const another = { ...finding, occurrence: 'run 2' };
    const news = Object.keys(states).map(state => [
      state,
      isNews(state, finding),
      isNews(state, another),
    ]);
    expect(news).toEqual([
      ['not there', true, true],
      ['pending', false, true],
      ['firing', false, true],
      ['acknowledged', false, true],
      ['proven over just now', true, true],
      ['proven over long ago', true, true],
      ['closed by hand', false, true],
    ]);
  });
});

describe('inhibition', () => {
  const scheduler = aFinding({
    fingerprint: 'scheduler',
    ruleType: 'component-unhealthy',
    subject: { kind: 'component', cluster: 'prod-eu', component: 'scheduler' },
    title: 'The scheduler is unhealthy',
  });
  const missed = aFinding({
    fingerprint: 'missed',
    ruleType: 'run-missed',
    title: 'load_orders did not run',
  });
  const cause = anAlertOf(scheduler, { id: 'cause' });
  const effect = anAlertOf(missed, {
    id: 'effect',
    inhibitedBy: 'cause',
    told: false,
  });
  const proveCause = ({ id }: StoredAlert) => (id === 'cause' ? proof : null);

  it('tells of the cause alone when both are found at once', () => {
    const decision = evaluate({ findings: [missed, scheduler] });
    const ids = new Map(decision.alerts.map(({ title, id }) => [title, id]));
    const causeId = ids.get(scheduler.title);
    expect(decision.notices).toEqual([{ kind: 'fired', alertId: causeId }]);
    expect(
      decision.alerts.find(({ title }) => title === missed.title),
    ).toMatchObject({ status: 'firing', inhibitedBy: causeId, told: false });
    expect(decision.events.at(-3)).toMatchObject({
      kind: 'inhibited',
      text: 'Nobody is told while this is open: The scheduler is unhealthy',
    });
  });

  it('inhibits nothing as long as the cause is pending', () => {
    const decision = evaluate({
      findings: [missed, { ...scheduler, forMs: 11 * 60_000 }],
    });
    expect(decision.notices).toHaveLength(1);
    expect(decision.alerts.map(({ inhibitedBy }) => inhibitedBy)).toEqual([
      null,
      null,
    ]);
  });

  it('goes on until facts were read after the cause was over, then tells', () => {
    const over = evaluate({
      alerts: [cause, effect],
      findings: [missed],
      proofOf: proveCause,
    });
    expect(over.notices).toEqual([{ kind: 'resolved', alertId: 'cause' }]);

    const alerts = [
      ...over.alerts,
      ...[effect].filter(({ id }) => over.alerts.every(a => a.id !== id)),
    ];
    const later = '2026-11-24T03:11:00.000Z';
    const read = evaluate({
      alerts,
      findings: [{ ...missed, factsReadAt: later }],
      now: new Date(later),
    });
    expect(read.notices).toEqual([{ kind: 'fired', alertId: 'effect' }]);
    expect(read.events).toEqual([
      expect.objectContaining({ kind: 'released', alertId: 'effect' }),
    ]);
  });

  it('ends without a sound when both are over', () => {
    const decision = evaluate({
      alerts: [{ ...cause, told: false }, effect],
      proofOf: () => proof,
    });
    expect(decision.notices).toEqual([]);
    expect(decision.alerts.map(({ status }) => status)).toEqual([
      'resolved',
      'resolved',
    ]);
  });

  it('ends when the cause is forgotten', () => {
    const decision = evaluate({ alerts: [effect], findings: [missed] });
    expect(decision.notices).toEqual([{ kind: 'fired', alertId: 'effect' }]);
  });

  it('tells nobody of what was taken meanwhile', () => {
    const alerts = [
      { ...effect, status: 'acknowledged' as const, acknowledged: taken },
    ];
    expect(evaluate({ alerts, findings: [missed] }).notices).toEqual([]);
  });
});

describe('what people do', () => {
  const at = now;
  const take = { by: 'user:default/ada', note: 'on it', at };
  const close = { by: 'user:default/ada', reason: 'a known fault', at };
  const [firing] = states.firing;
  const [pending] = states.pending;
  const [acknowledged] = states.acknowledged;
  const [resolved] = states['proven over just now'];

  it.each([
    ['pending', pending, 'refused'],
    ['firing', firing, 'done'],
    [
      'acknowledged by somebody else',
      { ...acknowledged, acknowledged: { ...taken, by: 'user:default/bob' } },
      'done',
    ],
    ['acknowledged by them with another note', acknowledged, 'done'],
    [
      'acknowledged by them just so',
      { ...acknowledged, acknowledged: { ...taken, note: 'on it' } },
      'unchanged',
    ],
    ['resolved', resolved, 'refused'],
  ])('taking one that is %s', (_how, alert, outcomeOfIt) => {
    expect(acknowledge(alert, take).outcome).toBe(outcomeOfIt);
  });

  it.each([
    ['pending', pending, 'done', 0],
    ['firing', firing, 'done', 1],
    ['acknowledged', acknowledged, 'done', 1],
    ['resolved', resolved, 'unchanged', 0],
  ])('closing one that is %s', (_how, alert, outcomeOfIt, notices) => {
    const closed = resolveByHand(alert, close);
    expect(closed.outcome).toBe(outcomeOfIt);
    expect(
      closed.outcome === 'done' ? closed.decision.notices : [],
    ).toHaveLength(notices);
  });

  it('keeps who took it, and says so', () => {
    expect(acknowledge(firing, take)).toEqual({
      outcome: 'done',
      decision: {
        alerts: [
          {
            ...firing,
            status: 'acknowledged',
            acknowledged: { at, by: 'user:default/ada', note: 'on it' },
          },
        ],
        events: [
          {
            alertId: 'alert-1',
            at,
            kind: 'acknowledged',
            by: 'user:default/ada',
            text: 'Taken by user:default/ada: on it',
          },
        ],
        notices: [],
      },
    });
  });

  it('keeps who closed it and why, and releases it from its cause', () => {
    const closed = resolveByHand({ ...firing, inhibitedBy: 'cause' }, close);
    expect(closed).toMatchObject({
      outcome: 'done',
      decision: {
        alerts: [
          {
            status: 'resolved',
            inhibitedBy: null,
            resolution: { kind: 'by-hand', ...close },
          },
        ],
        events: [
          {
            kind: 'resolved',
            by: 'user:default/ada',
            text: 'Closed by hand: a known fault',
          },
        ],
      },
    });
  });
});
