import { aFinding, anAlertOf } from '../__testUtils__/alerts';
import { evaluate, proof, taken } from '../__testUtils__/evaluate';
import type { StoredAlert } from '../model/storedAlerts';

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
    notified: 'nothing',
  });
  const proveCause = ({ id }: StoredAlert) => (id === 'cause' ? proof : null);

  it('tells of the cause alone when both are found at once', () => {
    const decision = evaluate({ findings: [missed, scheduler] });
    const ids = new Map(decision.alerts.map(({ title, id }) => [title, id]));
    const causeId = ids.get(scheduler.title);
    expect(decision.notices).toEqual([{ kind: 'fired', alertId: causeId }]);
    expect(
      decision.alerts.find(({ title }) => title === missed.title),
    ).toMatchObject({
      status: 'firing',
      inhibitedBy: causeId,
      notified: 'nothing',
    });
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
    expect(over.notices).toEqual([]);
    expect(over.events.map(({ text }) => text)).toContain(
      'Told when it has held for 2 min',
    );

    const alerts = [
      ...over.alerts,
      ...[effect].filter(({ id }) => over.alerts.every(a => a.id !== id)),
    ];
    const later = '2026-11-24T03:12:00.000Z';
    const read = evaluate({
      alerts,
      findings: [{ ...missed, factsReadAt: later }],
      now: new Date(later),
    });
    expect(read.notices).toEqual([
      { kind: 'fired', alertId: 'effect' },
      { kind: 'resolved', alertId: 'cause' },
    ]);
    expect(read.events).toEqual([
      expect.objectContaining({ kind: 'released', alertId: 'effect' }),
    ]);
  });

  it('ends without a sound when both are over', () => {
    const decision = evaluate({
      alerts: [{ ...cause, notified: 'nothing' }, effect],
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

describe('an alert that gets another owner', () => {
  const owned = (name: string) => ({
    ref: `group:default/${name}`,
    source: 'tag' as const,
    by: `team:${name}`,
  });
  const before = anAlertOf(aFinding({ owner: owned('crm') }));
  const found = aFinding({ owner: owned('bi') });

  it.each<[string, Partial<StoredAlert>, string[]]>([
    ['is told to that one while it fires', {}, ['fired']],
    [
      'is told to nobody once it was taken',
      { status: 'acknowledged', acknowledged: taken },
      [],
    ],
    [
      'is told once when it was not told yet',
      { notified: 'nothing' },
      ['fired'],
    ],
  ])('%s', (_what, overrides, told) => {
    const { notices, events, alerts } = evaluate({
      alerts: [{ ...before, ...overrides }],
      findings: [found],
    });
    expect(notices.map(({ kind }) => kind)).toEqual(told);
    expect(alerts[0].owner).toEqual(owned('bi'));
    expect(events).toMatchObject([
      {
        kind: 'passed-on',
        text: 'Belongs to group:default/bi now, and no longer to group:default/crm',
      },
    ]);
  });

  it('changes nothing when only what names the owner is another', () => {
    const { notices, events } = evaluate({
      alerts: [before],
      findings: [aFinding({ owner: { ...owned('crm'), by: 'team:CRM' } })],
    });
    expect([...notices, ...events]).toEqual([]);
  });
});
