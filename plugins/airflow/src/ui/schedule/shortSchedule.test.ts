import type { Schedule } from '@airflow-fleet/backstage-plugin-airflow-common';
import { shortSchedule } from './shortSchedule';

it.each<[Schedule['kind'], string | null, string]>([
  ['cron', '* * * * *', 'every minute'],
  ['cron', '*/15 * * * *', 'every 15 min'],
  ['cron', '0 * * * *', 'hourly'],
  ['cron', '5 * * * *', 'hourly :05'],
  ['cron', '0 */6 * * *', 'every 6 h'],
  ['cron', '30 3 * * *', 'daily 03:30 Berlin'],
  ['cron', '0 7 * * 1-5', 'Mon–Fri 07:00 Berlin'],
  ['cron', '0 7 * * 0', 'Sun 07:00 Berlin'],
  ['cron', '0 7 * * 7', 'Sun 07:00 Berlin'],
  ['cron', '15 0 1 * *', 'monthly 00:15 Berlin'],
  // What no short form tells whole stays as it is written.
  ['cron', '30 */6 * * *', '30 */6 * * *'],
  ['cron', '10,40 * * * *', '10,40 * * * *'],
  ['cron', '0 7 * * 1,3', '0 7 * * 1,3'],
  ['cron', '0 7 1 * 1', '0 7 1 * 1'],
  ['cron', '0 7 1 6 *', '0 7 1 6 *'],
  ['cron', '0 7 L * *', '0 7 L * *'],
  ['cron', '0 0 7 * * *', '0 0 7 * * *'],
  ['cron', 'no cron', 'no cron'],
  ['cron', '@daily', 'daily'],
  ['interval', '7:00:00', 'every 7h'],
  ['asset', 'Asset', 'by assets'],
  ['continuous', null, 'continuous'],
  ['none', null, 'manual'],
  ['other', null, 'own timetable'],
  ['other', 'AfterWorkday', 'AfterWorkday'],
])('tells %s %s as %s', (kind, expression, short) => {
  const schedule = { kind, expression, description: 'In words' };
  const zone = { name: 'Europe/Berlin', source: 'tag' } as const;
  expect(shortSchedule(schedule, zone)).toBe(short);
});

it('names no place where the zone is not known', () => {
  const schedule: Schedule = {
    kind: 'cron',
    expression: '30 3 * * *',
    description: null,
  };
  expect(shortSchedule(schedule, null)).toBe('daily 03:30');
});
