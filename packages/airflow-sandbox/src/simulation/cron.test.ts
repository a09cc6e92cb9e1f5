import fc from 'fast-check';
import { cronFiresOfDay, DAY, HOUR } from './cron';

function firesBetween(
  expression: string,
  zone: string,
  from: string,
  to: string,
): string[] {
  const fires: string[] = [];
  const end = Date.parse(to);
  for (let day = Date.parse(from); day < end; day += DAY) {
    for (const at of cronFiresOfDay(expression, zone, day)) {
      fires.push(new Date(at).toISOString().slice(0, 16));
    }
  }
  return fires;
}

describe('cronFiresOfDay', () => {
  it('keeps the wall clock of Berlin over both clock changes', () => {
    expect(
      firesBetween('0 5 * * *', 'Europe/Berlin', '2026-03-28', '2026-03-31'),
    ).toEqual(['2026-03-28T04:00', '2026-03-29T03:00', '2026-03-30T03:00']);
    expect(
      firesBetween('0 5 * * *', 'Europe/Berlin', '2026-10-24', '2026-10-27'),
    ).toEqual(['2026-10-24T03:00', '2026-10-25T04:00', '2026-10-26T04:00']);
  });

  it('runs a time that New York skips one gap later, and once', () => {
    expect(
      firesBetween(
        '30 2 * * *',
        'America/New_York',
        '2026-03-07',
        '2026-03-10',
      ),
    ).toEqual(['2026-03-07T07:30', '2026-03-08T07:30', '2026-03-09T06:30']);
  });

  it('runs a time that New York repeats at its second occurrence, once', () => {
    expect(
      firesBetween(
        '30 1 * * *',
        'America/New_York',
        '2026-10-31',
        '2026-11-03',
      ),
    ).toEqual(['2026-10-31T05:30', '2026-11-01T06:30', '2026-11-02T06:30']);
  });

  it('neither loses nor doubles an hour of an hourly cron', () => {
    const fires = firesBetween(
      '15 * * * *',
      'Europe/Berlin',
      '2026-10-24',
      '2026-10-27',
    );
    expect(fires).toHaveLength(72);
    expect(new Set(fires).size).toBe(72);
  });

  it('matches either day field when a cron restricts both', () => {
    expect(
      firesBetween('0 0 13 * 5', 'UTC', '2026-11-01', '2026-11-15'),
    ).toEqual(['2026-11-06T00:00', '2026-11-13T00:00']);
  });

  it('serves zones with half-hour offsets whole', () => {
    const fires = firesBetween(
      '45 * * * *',
      'Asia/Kolkata',
      '2026-05-01',
      '2026-05-03',
    );
    expect(fires).toHaveLength(48);
    expect(fires[0]).toBe('2026-05-01T00:15');
  });

  it('fires once a local day in any zone, at most a day apart', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'UTC'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        (zone, hour, minute) => {
          const all: number[] = [];
          const start = Date.parse('2026-01-01');
          for (let i = 0; i < 365; i++) {
            const cron = `${minute} ${hour} * * *`;
            all.push(...cronFiresOfDay(cron, zone, start + i * DAY));
          }
          const gaps = all.slice(1).map((at, i) => at - all[i]);
          expect(Math.min(...gaps)).toBeGreaterThanOrEqual(23 * HOUR);
          expect(Math.max(...gaps)).toBeLessThanOrEqual(25 * HOUR);
        },
      ),
      { numRuns: 15 },
    );
  });
});
