import { aFinding, theFacts, wellRead } from '../__testUtils__/alerts';
import { evaluate } from '../__testUtils__/evaluate';
import { goOnReading } from './firstReading';
import type { StoredAlert } from '../model/storedAlerts';
import type { FirstReadings } from './firstReading';

const rules = [{ name: 'run-failed' }];
const never = { ...wellRead(), readAt: null };
const now = new Date('2026-11-24T03:00:00.000Z');
const minutesBefore = (minutes: number) =>
  new Date(now.getTime() - minutes * 60_000);
const since = (beganAt: Date, endedAt: Date | null = null) =>
  new Map([['run-failed', { rule: 'run-failed', beganAt, endedAt }]]);

describe('the first reading of a cluster by a rule', () => {
  const { readings } = theFacts();
  const unread = { ...readings, runs: never };

  it.each([
    ['begins', unread, new Map(), 'under way', [[now, null]]],
    ['goes on', unread, since(minutesBefore(29)), 'under way', []],
    [
      'is over when all is read',
      readings,
      since(minutesBefore(1)),
      'over',
      [[minutesBefore(1), now]],
    ],
    [
      'is over at once by a rule that is new',
      readings,
      new Map(),
      'over',
      [[now, now]],
    ],
    [
      'is over after half an hour, whatever could be read',
      unread,
      since(minutesBefore(30)),
      'over',
      [[minutesBefore(30), now]],
    ],
    [
      'was long ago',
      unread,
      since(minutesBefore(90), minutesBefore(89)),
      undefined,
      [],
    ],
  ] as const)('%s', (_how, read, known, stage, changes) => {
    const step = goOnReading(rules, { readings: read, now }, known);
    expect(step.firstReadings.get('run-failed')).toBe(stage);
    expect(
      step.changed.map(({ beganAt, endedAt }) => [beganAt, endedAt]),
    ).toEqual(changes);
  });
});

describe('what is found at the first reading', () => {
  const failed = aFinding();
  const unreachable = aFinding({
    fingerprint: 'cluster-unreachable',
    subject: { kind: 'cluster', cluster: 'prod-eu' },
  });
  const find = (
    firstReadings: FirstReadings,
    alerts: readonly StoredAlert[] = [],
  ) => evaluate({ findings: [failed, unreachable], alerts, firstReadings });

  it('is kept until that is over, then told as old news', () => {
    const under = find(new Map([['run-failed', 'under way']]));
    const [alert] = under.alerts.filter(({ oldNews }) => oldNews);
    expect(alert).toMatchObject({ status: 'firing', notified: 'nothing' });
    const over = find(new Map([['run-failed', 'over']]), under.alerts);
    expect(over.notices).toEqual([{ kind: 'fired', alertId: alert.id }]);
  });

  it('is told at once when it is about the cluster itself', () => {
    const { alerts, notices } = find(new Map([['run-failed', 'under way']]));
    const about = alerts.find(({ subject }) => subject.kind === 'cluster');
    expect(notices).toEqual([{ kind: 'fired', alertId: about?.id }]);
  });

  it('is news once that is over', () => {
    expect(find(new Map()).alerts.map(({ oldNews }) => oldNews)).toEqual([
      false,
      false,
    ]);
  });
});
