import fc from 'fast-check';
import { DateTime } from 'luxon';
import { calendarSpans } from './calendarSpans';

const hoursOf = ({ from, to }: { from: Date; to: Date }) =>
  (to.getTime() - from.getTime()) / 3_600_000;

describe('the spans of a calendar', () => {
  it.each([
    ['2026-03-28', 24, 'as always'],
    ['2026-03-29', 23, 'when clocks go forward'],
    ['2026-10-25', 25, 'when clocks go back'],
  ])('makes %s %i hours long in Berlin, %s', (day, hours) => {
    const asked = { from: day, to: day, zone: 'Europe/Berlin' };
    const [span] = calendarSpans({ ...asked, by: 'day' });
    expect(hoursOf(span)).toBe(hours);
    const byHour = calendarSpans({ ...asked, by: 'hour' });
    expect(byHour.map(hoursOf)).toEqual(Array(hours).fill(1));
  });

  it('leaves no moment out and counts none twice, in any zone', () => {
    const zones = [
      'UTC',
      'Asia/Kolkata',
      'America/Sao_Paulo',
      'Asia/Beirut',
      'Australia/Lord_Howe',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 0, max: 30 }),
        fc.constantFrom('day' as const, 'hour' as const),
        (zone, day, more, by) => {
          const first = DateTime.utc(2025, 1, 1).plus({ days: day });
          const last = first.plus({ days: more });
          const from = first.toFormat('yyyy-MM-dd');
          const to = last.toFormat('yyyy-MM-dd');
          const spans = calendarSpans({ by, from, to, zone });
          const gaps = spans
            .slice(1)
            .filter((span, i) => +span.from !== +spans[i].to);
          expect(gaps).toEqual([]);
          const days = new Set(
            spans.map(span =>
              DateTime.fromJSDate(span.from, { zone }).toISODate(),
            ),
          );
          expect(days.size).toBe(more + 1);
        },
      ),
    );
  });

  it.each([
    ['no such zone', { zone: 'Mars/Base' }, 'zone'],
    ['the last day before the first', { to: '2026-01-01' }, 'to'],
    ['too many hours', { to: '2026-04-01', by: 'hour' as const }, 'to'],
  ])('refuses %s', (_what, wrong, field) => {
    const asked = {
      by: 'day' as const,
      from: '2026-02-01',
      to: '2026-02-02',
      zone: 'UTC',
    };
    expect(() => calendarSpans({ ...asked, ...wrong })).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ code: 'invalid-request', field }),
      }),
    );
  });
});
