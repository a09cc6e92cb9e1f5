import { DateTime } from 'luxon';
import { cellsBy, cellState, cellWords, failedShare, weeksUntil } from './days';

const cell = (startsAt: string, success = 1, failed = 0, unfinished = 0) => ({
  startsAt,
  success,
  failed,
  unfinished,
});

describe('the days of a calendar', () => {
  it('begins weeks on Mondays and ends with the week of the day given', () => {
    const weeks = weeksUntil(DateTime.fromISO('2026-11-25', { zone: 'utc' }));
    expect(weeks).toHaveLength(53);
    expect(weeks[52].map(day => day.toISODate())).toContain('2026-11-25');
    expect(weeks[0][0].toISODate()).toBe('2025-11-24');
    expect(new Set(weeks.map(([first]) => first.weekday))).toEqual(
      new Set([1]),
    );
  });

  it('names a day as it is called in the zone', () => {
    const cells = [cell('2026-11-24T23:00:00.000Z')];
    expect([...cellsBy(cells, 'Europe/Berlin', 'yyyy-MM-dd').keys()]).toEqual([
      '2026-11-25',
    ]);
  });

  it('shows the hour that comes twice as one', () => {
    const cells = [
      cell('2026-10-25T00:00:00.000Z', 1, 1),
      cell('2026-10-25T01:00:00.000Z', 2, 0, 1),
    ];
    const byHour = cellsBy(cells, 'Europe/Berlin', 'yyyy-MM-dd HH');
    expect([...byHour]).toEqual([
      ['2026-10-25 02', cell('2026-10-25T00:00:00.000Z', 3, 1, 1)],
    ]);
  });

  it.each([
    [cell('', 3), '3 successful', 'success', 0],
    [cell('', 3, 1), '3 successful, 1 failed', 'failed', 0.25],
    [cell('', 0, 2), '2 failed', 'failed', 1],
    [cell('', 0, 0, 1), '1 not ended', 'running', 0],
  ])('tells %j', (given, words, state, share) => {
    expect(cellWords(given)).toBe(words);
    expect(cellState(given)).toBe(state);
    expect(failedShare(given)).toBe(share);
  });
});
