import type { Schedule } from '@airflow-fleet/backstage-plugin-airflow-common';
import { scheduleWords } from './scheduleWords';

it.each<[Schedule['kind'], string | null, string | null, string]>([
  ['cron', '30 3 * * *', 'At 03:30 (told)', 'At 03:30 (told)'],
  ['cron', '30 3 * * *', null, 'At 03:30'],
  ['cron', '*/5 * * * 1-5', null, 'Every 5 minutes, Monday through Friday'],
  ['cron', '@daily', null, 'daily'],
  ['cron', 'no cron at all x', null, 'no cron at all x'],
  ['interval', '7:00:00', null, 'every 7h'],
  ['interval', '1 day, 7:30:00', null, 'every 1d 7h 30m'],
  ['interval', '3 days, 0:00:00', null, 'every 3d'],
  ['interval', '0:00:01.500000', null, 'every 1s 500 ms'],
  ['interval', '0:00:00.250000', null, 'every 250 ms'],
  ['interval', '0:01:30.000500', null, 'every 1m 30s 0.5 ms'],
  ['interval', '0:00:00', null, 'every 0s'],
  ['interval', 'relativedelta(months=+1)', null, 'every 1 month'],
  [
    'interval',
    'relativedelta(months=+2, days=+3)',
    null,
    'every 2 months 3 days',
  ],
  [
    'interval',
    'relativedelta(months=+1, day=1)',
    null,
    'every so often: relativedelta(months=+1, day=1)',
  ],
  ['asset', 'Asset', null, 'when its assets are written'],
  ['continuous', null, null, 'again as soon as a run has ended'],
  ['none', null, null, 'only when triggered'],
  ['other', null, null, 'by a timetable of its own'],
])('tells %s %s (%s) as %s', (kind, expression, description, words) => {
  expect(scheduleWords({ kind, expression, description })).toBe(words);
});
