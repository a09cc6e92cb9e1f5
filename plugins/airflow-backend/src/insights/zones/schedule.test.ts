import { hasRunAt } from './schedule';
import { WallCron } from './WallCron';
import { ZoneClock } from './ZoneClock';

const MINUTE_MS = 60_000;
const now = new Date('2026-11-28T12:00:00Z');

/** All moments between two at which a cron has a run. */
function runsOf(
  expression: string,
  zone: string,
  first: string,
  last: string,
): string[] {
  const cron = WallCron.read(expression);
  if (!cron) throw new Error(`${expression} cannot be read`);
  const clock = ZoneClock.of(zone, now);
  const found: string[] = [];
  for (let ms = Date.parse(first); ms <= Date.parse(last); ms += MINUTE_MS) {
    if (hasRunAt(cron, clock, ms)) {
      found.push(new Date(ms).toISOString().replace(':00.000Z', 'Z'));
    }
  }
  return found;
}

describe('the runs of a cron, as the timetables of Airflow 2.11.2 and 3.3.2 gave them', () => {
  it.each<[string, string, string[]]>([
    [
      '30 2 * * *',
      'Europe/Berlin',
      ['2026-03-28T01:30Z', '2026-03-29T01:30Z', '2026-03-30T00:30Z'],
    ],
    [
      '30 2 * * *',
      'Europe/Berlin',
      ['2026-10-24T00:30Z', '2026-10-25T01:30Z', '2026-10-26T01:30Z'],
    ],
    [
      '30 1 * * *',
      'Europe/London',
      ['2026-03-28T01:30Z', '2026-03-29T01:30Z', '2026-03-30T00:30Z'],
    ],
    [
      '30 1 * * *',
      'Europe/London',
      ['2026-10-24T00:30Z', '2026-10-25T01:30Z', '2026-10-26T01:30Z'],
    ],
    [
      '0 0 * * *',
      'Africa/Cairo',
      ['2026-04-22T22:00Z', '2026-04-23T22:00Z', '2026-04-24T21:00Z'],
    ],
    [
      '0 0 * * *',
      'Asia/Beirut',
      ['2026-03-27T22:00Z', '2026-03-28T22:00Z', '2026-03-29T21:00Z'],
    ],
    [
      '15 * * * *',
      'Europe/Berlin',
      [
        '2026-10-24T23:15Z',
        '2026-10-25T00:15Z',
        '2026-10-25T01:15Z',
        '2026-10-25T02:15Z',
      ],
    ],
    [
      '15 */6 * * *',
      'America/New_York',
      [
        '2026-03-07T17:15Z',
        '2026-03-07T23:15Z',
        '2026-03-08T05:15Z',
        '2026-03-08T10:15Z',
        '2026-03-08T16:15Z',
      ],
    ],
    ['0 6 L * *', 'Europe/Berlin', ['2026-10-31T05:00Z', '2026-11-30T05:00Z']],
    ['0 6 * * L5', 'Europe/Berlin', ['2026-10-30T05:00Z', '2026-11-27T05:00Z']],
    [
      '0 6 * * 1#2',
      'Europe/Berlin',
      ['2026-11-09T05:00Z', '2026-12-14T05:00Z'],
    ],
    [
      '0 2 1 * 1',
      'Europe/Berlin',
      ['2026-10-26T01:00Z', '2026-11-01T01:00Z', '2026-11-02T01:00Z'],
    ],
    [
      '*/20 2 * * *',
      'Europe/Berlin',
      ['2026-10-25T01:00Z', '2026-10-25T01:20Z', '2026-10-25T01:40Z'],
    ],
    [
      '15 2 * * *',
      'Australia/Lord_Howe',
      ['2026-10-02T15:45Z', '2026-10-03T15:45Z', '2026-10-04T15:15Z'],
    ],
    [
      '0 6 */2 * 1',
      'Asia/Kolkata',
      [
        '2026-10-31T00:30Z',
        '2026-11-01T00:30Z',
        '2026-11-02T00:30Z',
        '2026-11-03T00:30Z',
      ],
    ],
  ])('%s in %s', (expression, zone, runs) => {
    const [first, last] = [runs[0], runs[runs.length - 1]];
    expect(runsOf(expression, zone, first, last)).toEqual(runs);
  });
});

describe('a cron', () => {
  it.each([
    '30 0 6 * * *',
    '0 6 15W * *',
    '0 6 * * x',
    '',
    '@once',
    '@continuous',
  ])('that reads %j says nothing about its zone', expression =>
    expect(WallCron.read(expression)).toBeUndefined(),
  );
});
