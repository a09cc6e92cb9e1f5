import { aFinding, anAlertOf, readAt } from '../__testUtils__/alerts';
import { evaluate, now, proof, taken } from '../__testUtils__/evaluate';
import { masked } from '../masked';
import type { Evaluation } from './decide';
import type { Decision, StoredAlert } from '../model/storedAlerts';
import type { Finding } from '../rules';

function minutesBefore(moment: string, minutes: number): string {
  return new Date(Date.parse(moment) - minutes * 60_000).toISOString();
}

const finding = aFinding();
const failure = {
  runId: 'run 1',
  taskId: 'extract',
  mapIndex: -1,
  tryNumber: 1,
  exception: masked('ValueError: no rows'),
  excerpt: [],
};

const explanation = {
  state: 'found',
  tries: 1,
  nextAt: null,
  because: null,
} as const;

function resolvedBy(kind: 'proof' | 'by-hand', minutesAgo: number) {
  const at = minutesBefore(now, minutesAgo);
  return kind === 'proof'
    ? { kind, at, text: 'Run 2 succeeded', runId: 'run 2' }
    : { kind, at, by: 'user:default/ada', reason: 'known' };
}

const states: Record<string, StoredAlert[]> = {
  'not there': [],
  pending: [
    anAlertOf(finding, {
      status: 'pending',
      firedAt: null,
      notified: 'nothing',
    }),
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

/** State, event, then the statuses of the alerts there are, what the timeline says, and what is told. */
const table = `
  not there            | found, and held for long enough | firing           | noticed fired  | fired
  not there            | found, but not for long enough  | pending          | noticed        | -
  not there            | found as something new          | firing           | noticed fired  | fired
  not there            | not found                       | -                | -              | -
  not there            | proven over                     | -                | -              | -
  pending              | found, and held for long enough | firing           | fired          | fired
  pending              | found, but not for long enough  | pending          | -              | -
  pending              | found as something new          | firing           | worse fired    | fired
  pending              | not found                       | pending          | -              | -
  pending              | proven over                     | resolved         | resolved       | -
  firing               | found, and held for long enough | firing           | -              | -
  firing               | found, but not for long enough  | firing           | -              | -
  firing               | found as something new          | firing           | worse          | -
  firing               | not found                       | firing           | -              | -
  firing               | proven over                     | resolved         | resolved       | resolved
  acknowledged         | found, and held for long enough | acknowledged     | -              | -
  acknowledged         | found, but not for long enough  | acknowledged     | -              | -
  acknowledged         | found as something new          | acknowledged     | worse          | -
  acknowledged         | not found                       | acknowledged     | -              | -
  acknowledged         | proven over                     | resolved         | resolved       | resolved
  proven over just now | found, and held for long enough | firing           | reopened fired | fired
  proven over just now | found, but not for long enough  | pending          | reopened       | -
  proven over just now | found as something new          | firing           | reopened fired | fired
  proven over just now | not found                       | resolved         | -              | -
  proven over just now | proven over                     | resolved         | -              | -
  proven over long ago | found, and held for long enough | resolved firing  | noticed fired  | fired
  proven over long ago | found, but not for long enough  | resolved pending | noticed        | -
  proven over long ago | found as something new          | resolved firing  | noticed fired  | fired
  proven over long ago | not found                       | resolved         | -              | -
  proven over long ago | proven over                     | resolved         | -              | -
  closed by hand       | found, and held for long enough | resolved         | -              | -
  closed by hand       | found, but not for long enough  | resolved         | -              | -
  closed by hand       | found as something new          | resolved firing  | noticed fired  | fired
  closed by hand       | not found                       | resolved         | -              | -
  closed by hand       | proven over                     | resolved         | -              | -
`
  .trim()
  .split('\n')
  .map(line => line.split('|').map(cell => cell.trim()));

function words(cell: string): string[] {
  return cell === '-' ? [] : cell.split(' ');
}

describe('the life of an alert', () => {
  it('is written down for every state and event', () => {
    const written = table.map(([state, event]) => `${state} × ${event}`);
    const possible = Object.keys(states).flatMap(state =>
      Object.keys(events).map(event => `${state} × ${event}`),
    );
    expect(written).toEqual(possible);
  });

  it.each(table)('%s, %s: %s', (...cells) => {
    const [state, event, statuses, timeline, heard] = cells;
    const alerts = states[state];
    const decision = evaluate({ alerts, ...events[event] });
    expect(outcome(decision, alerts)).toEqual({
      statuses: words(statuses),
      events: words(timeline),
      told: words(heard),
    });
  });

  it('fires with all that is known of it', () => {
    const {
      alerts,
      events: timeline,
      notices,
    } = evaluate({ findings: [finding] });
    const { forMs: _, ...facts } = finding;
    expect(alerts).toEqual([
      {
        ...facts,
        id: 'new-1',
        status: 'firing',
        noticedAt: now,
        firedAt: now,
        lastSeenAt: now,
        failure: null,
        explanation: { state: 'looking', tries: 0, nextAt: now, because: null },
        acknowledged: null,
        resolution: null,
        inhibitedBy: null,
        reopened: 0,
        oldNews: false,
        notified: 'fires',
        openings: [now],
        flapping: null,
        dagPresence: null,
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

  it('holds from when the portal saw it, however long it was so before', () => {
    const hoursOld = {
      ...finding,
      forMs: 60_000,
      since: minutesBefore(now, 300),
    };
    const first = evaluate({ findings: [hoursOld] });
    expect(first.alerts).toMatchObject([
      { status: 'pending', since: hoursOld.since, noticedAt: now },
    ]);
    const after = (seconds: number) =>
      evaluate({
        alerts: first.alerts,
        findings: [hoursOld],
        now: new Date(Date.parse(now) + seconds * 1_000),
      }).alerts[0].status;
    expect([after(59), after(60)]).toEqual(['pending', 'firing']);
  });

  it('has to hold anew when nobody looked for longer than ten minutes', () => {
    const long = { ...finding, forMs: 15 * 60_000 };
    const pending = (lastSeen: number) =>
      anAlertOf(long, {
        status: 'pending',
        firedAt: null,
        noticedAt: minutesBefore(now, 20),
        lastSeenAt: minutesBefore(now, lastSeen),
      });
    const seen = (lastSeen: number) =>
      evaluate({ alerts: [pending(lastSeen)], findings: [long] }).alerts[0];
    expect(seen(10)).toMatchObject({ status: 'firing' });
    expect(seen(11)).toMatchObject({ status: 'pending', noticedAt: now });
  });

  it('tells of the newest finding, since the oldest moment', () => {
    const [alert] = evaluate({
      alerts: states.firing,
      findings: [
        {
          ...finding,
          severity: 'critical',
          observed: masked('worse'),
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
    const alerts = [anAlertOf(finding, { failure, explanation })];
    const seen = (occurrence: string) =>
      evaluate({ alerts, findings: [{ ...finding, occurrence }] }).alerts[0];
    expect(seen('run 1')).toMatchObject({ failure, explanation });
    expect(seen('run 2')).toMatchObject({
      failure: null,
      explanation: { state: 'looking', tries: 0 },
    });
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
        noticedAt: now,
        firedAt: now,
        lastSeenAt: now,
        acknowledged: null,
        resolution: null,
        reopened: 2,
        notified: 'fires',
        openings: [readAt, now],
      },
    ]);
  });

  it.each([
    ['component', 1, false],
    ['component', 3, true],
    ['cluster', 1, true],
  ] as const)(
    'when a %s is well again, what it caused and facts of %d min later still have is told: %s',
    (kind, minutes, isTold) => {
      const endedAt = minutesBefore(now, 5);
      const cause = anAlertOf(
        aFinding({
          fingerprint: 'the cause',
          subject:
            kind === 'component'
              ? { kind, cluster: 'prod-eu', component: 'scheduler' }
              : { kind, cluster: 'prod-eu' },
        }),
        {
          id: 'cause',
          status: 'resolved',
          resolution: resolvedBy('proof', 5),
          notified: 'nothing',
        },
      );
      const missed = aFinding({
        fingerprint: 'run-missed/a',
        ruleType: 'run-missed',
        factsReadAt: minutesBefore(endedAt, -minutes),
      });
      const under = anAlertOf(missed, {
        inhibitedBy: 'cause',
        notified: 'nothing',
      });
      const { notices } = evaluate({
        alerts: [cause, under],
        findings: [missed],
      });
      expect(notices).toHaveLength(isTold ? 1 : 0);
    },
  );

  it('stays under a cause that goes on and is none any more, until it is found again', () => {
    const file = anAlertOf(
      aFinding({
        fingerprint: 'import-error/a',
        ruleType: 'import-error',
        subject: { kind: 'dag-file', cluster: 'prod-eu', filename: 'a.py' },
      }),
      { id: 'file' },
    );
    const missed = aFinding({
      fingerprint: 'run-missed/a',
      ruleType: 'run-missed',
    });
    const under = anAlertOf(missed, {
      inhibitedBy: 'file',
      notified: 'nothing',
    });
    const noticesOf = (findings: Finding[]) =>
      evaluate({ alerts: [file, under], findings }).notices;
    expect(noticesOf([])).toEqual([]);
    expect(noticesOf([missed])).toEqual([{ kind: 'fired', alertId: under.id }]);
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
});
