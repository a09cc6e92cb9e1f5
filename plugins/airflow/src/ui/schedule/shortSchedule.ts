import type {
  DagZone,
  Schedule,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { zoneName } from '../time';
import { scheduleWords } from './scheduleWords';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** When a DAG runs, short enough for a cell of a table; what has no short form is told as its author wrote it. */
export function shortSchedule(schedule: Schedule, zone: DagZone | null) {
  switch (schedule.kind) {
    case 'cron':
      return shortCron(schedule.expression ?? '', zone);
    case 'interval':
      return scheduleWords({ ...schedule, description: null });
    case 'asset':
      return 'by assets';
    case 'continuous':
      return 'continuous';
    case 'none':
      return 'manual';
    default:
      return schedule.expression ?? 'own timetable';
  }
}

function shortCron(cron: string, zone: DagZone | null): string {
  if (cron.startsWith('@')) return cron.slice(1);
  const [minute, hour, day, month, weekday, ...more] = cron.trim().split(/\s+/);
  if (weekday === undefined || more.length > 0) return cron;
  const isDaily = day === '*' && month === '*' && weekday === '*';
  if (hour === '*' && isDaily) return withinHour(minute) ?? cron;
  const everyHours = /^\*\/(\d+)$/.exec(hour)?.[1];
  if (minute === '0' && everyHours && isDaily) return `every ${everyHours} h`;
  const days = daysOf(day, month, weekday);
  const time = timeOf(minute, hour);
  if (days === undefined || time === undefined) return cron;
  return [days, time, placeOf(zone)].filter(Boolean).join(' ');
}

function withinHour(minute: string): string | undefined {
  if (minute === '*') return 'every minute';
  const every = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (every) return `every ${every} min`;
  if (!/^\d{1,2}$/.test(minute)) return undefined;
  return minute === '0' ? 'hourly' : `hourly :${minute.padStart(2, '0')}`;
}

function daysOf(
  day: string,
  month: string,
  weekday: string,
): string | undefined {
  if (month !== '*') return undefined;
  if (day === '1' && weekday === '*') return 'monthly';
  if (day !== '*') return undefined;
  if (weekday === '*') return 'daily';
  const [, from, to] = /^([0-7])(?:-([0-7]))?$/.exec(weekday) ?? [];
  if (from === undefined) return undefined;
  const first = WEEKDAYS[Number(from)];
  return to === undefined ? first : `${first}–${WEEKDAYS[Number(to)]}`;
}

function timeOf(minute: string, hour: string): string | undefined {
  if (!/^\d{1,2}$/.test(minute) || !/^\d{1,2}$/.test(hour)) return undefined;
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

/** The city that a zone is named after. */
function placeOf(zone: DagZone | null): string | undefined {
  return zoneName(zone)?.split('/').at(-1)?.replaceAll('_', ' ');
}
