import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { alertOf } from '../../__testUtils__/alerts';
import { alertsIn, mostUrgent } from './urgency';

const NOW = Date.parse('2026-11-24T12:00:00.000Z');
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

const fired = (id: string, minutes: number, change: Partial<Alert> = {}) =>
  alertOf({ severity: 'warning', ...change, id, firedAt: ago(minutes) });
const many = (count: number, minutes: number, change: Partial<Alert> = {}) =>
  Array.from({ length: count }, (_, i) =>
    fired(`${minutes}-${i}`, minutes + i / 100, change),
  );
const shown = (alerts: readonly Alert[]) =>
  mostUrgent(alerts, NOW).map(({ causeId }) => causeId);

describe('mostUrgent', () => {
  it('puts first what fired within the last hour, newest first, then the worst', () => {
    expect(
      shown([
        fired('a minute ago', 1),
        fired('critical, half an hour ago', 30, { severity: 'critical' }),
        fired('two hours ago', 120),
        fired('critical, yesterday', 1_500, { severity: 'critical' }),
        fired('last week', 9_000),
      ]),
    ).toEqual([
      'a minute ago',
      'critical, half an hour ago',
      'critical, yesterday',
      'two hours ago',
      'last week',
    ]);
  });

  it('cuts what is older, but nothing that fired within the last hour', () => {
    const old = many(30, 300);
    expect(shown(old)).toHaveLength(20);
    expect(shown([...many(3, 5), ...old])).toHaveLength(20);
    expect(shown([...many(3, 5), ...old]).slice(0, 3)).toEqual([
      '5-0',
      '5-1',
      '5-2',
    ]);
    expect(shown([...many(45, 5), ...old])).toHaveLength(45);
  });

  it('keeps an old cause up while something of it is new', () => {
    const groups = mostUrgent(
      [
        fired('effect', 1, { inhibitedBy: 'cause' }),
        fired('other', 2),
        ...many(25, 70),
        fired('cause', 600),
      ],
      NOW,
    );
    expect(groups.map(({ causeId }) => causeId).slice(0, 2)).toEqual([
      'cause',
      'other',
    ]);
    expect(alertsIn(groups)).toBe(21);
  });

  it('does not take for new what was old when the portal began', () => {
    const old = fired('old', 1, { oldNews: true, since: ago(9_000) });
    expect(shown([fired('new', 10), old])).toEqual(['new', 'old']);
    expect(shown([...many(30, 300), old])).not.toContain('old');
  });
});
