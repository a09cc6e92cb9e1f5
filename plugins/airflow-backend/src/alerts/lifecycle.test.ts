import { aFinding, anAlertOf, readAt } from '../__testUtils__/alerts';
import { evaluate, now, proof, taken } from '../__testUtils__/evaluate';
import { newFindings, type Evaluation } from './decide';
import type { Decision, Finding, StoredAlert } from './types';

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
    const [state, event, statuses, timeline, told] = cells;
    const alerts = states[state];
    const decision = evaluate({ alerts, ...events[event] });
    expect(outcome(decision, alerts)).toEqual({
      statuses: words(statuses),
      events: words(timeline),
      told: words(told),
    });
  });

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
