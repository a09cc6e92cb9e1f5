import type { Schedule } from '@airflow-fleet/backstage-plugin-airflow-common';
import cronstrue from 'cronstrue';
import { durationText } from '../time';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** When a DAG runs, in words: Airflow's own where it has some. */
export function scheduleWords({
  kind,
  expression,
  description,
}: Schedule): string {
  if (description) return description;
  switch (kind) {
    case 'cron':
      return cronWords(expression ?? '');
    case 'interval':
      return intervalWords(expression ?? '');
    case 'asset':
      return 'when its assets are written';
    case 'continuous':
      return 'again as soon as a run has ended';
    case 'none':
      return 'only when triggered';
    default:
      return expression ?? 'by a timetable of its own';
  }
}

function cronWords(cron: string): string {
  if (cron.startsWith('@')) return cron.slice(1);
  try {
    return cronstrue.toString(cron, { use24HourTimeFormat: true });
  } catch {
    return cron;
  }
}

/** Python's `1 day, 7:30:00`. */
function intervalWords(interval: string): string {
  const [, days = '0', hours, minutes, seconds] =
    /^(?:(\d+) days?, )?(\d+):(\d\d):(\d\d)/.exec(interval) ?? [];
  if (hours === undefined) return `every so often: ${interval}`;
  const ms =
    Number(days) * DAY_MS +
    Number(hours) * HOUR_MS +
    Number(minutes) * 60_000 +
    Number(seconds) * 1_000;
  return `every ${durationText(ms)}`;
}
