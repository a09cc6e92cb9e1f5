import { CronExpressionParser } from 'cron-parser';
import { IANAZone } from 'luxon';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

interface CronFields {
  minutes: number[];
  hours: number[];
  everyHour: boolean;
  matchesDate(year: number, month: number, day: number): boolean;
}

const parsed = new Map<string, CronFields>();
const zones = new Map<string, IANAZone>();
const days = new Map<string, readonly number[]>();
const MAX_CACHED_DAYS = 50_000;

function numbers(values: readonly unknown[]): number[] {
  return values.filter((v): v is number => typeof v === 'number');
}

function fieldsOf(expression: string): CronFields {
  const known = parsed.get(expression);
  if (known) return known;
  const { fields } = CronExpressionParser.parse(expression);
  const daysOfMonth = new Set(numbers(fields.dayOfMonth.values));
  const months = new Set(numbers(fields.month.values));
  const weekdays = new Set(numbers(fields.dayOfWeek.values).map(d => d % 7));
  const anyDay = fields.dayOfMonth.isWildcard;
  const anyWeekday = fields.dayOfWeek.isWildcard;
  const result: CronFields = {
    minutes: numbers(fields.minute.values),
    hours: numbers(fields.hour.values),
    everyHour: numbers(fields.hour.values).length === 24,
    matchesDate(year, month, day) {
      if (!months.has(month)) return false;
      const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
      if (anyDay) return anyWeekday || weekdays.has(weekday);
      if (anyWeekday) return daysOfMonth.has(day);
      return daysOfMonth.has(day) || weekdays.has(weekday);
    },
  };
  parsed.set(expression, result);
  return result;
}

function zoneOf(name: string): IANAZone {
  let zone = zones.get(name);
  if (!zone) {
    zone = IANAZone.create(name);
    if (!zone.isValid) throw new Error(`Unknown time zone ${name}`);
    zones.set(name, zone);
  }
  return zone;
}

/**
 * The instant of a wall clock time, as Airflow resolves it: a time that a
 * clock change skips moves on by the gap, one that it repeats is the second.
 */
function instantOf(wall: number, zone: IANAZone): number {
  const before = zone.offset(wall - DAY) * MINUTE;
  const after = zone.offset(wall + DAY) * MINUTE;
  if (before === after) return wall - before;
  const late = wall - after;
  if (zone.offset(late) * MINUTE === after) return late;
  return wall - before;
}

function firesOfUtcDay(
  expression: string,
  timezone: string,
  dayStart: number,
): number[] {
  const fields = fieldsOf(expression);
  const zone = zoneOf(timezone);
  const fires = new Set<number>();
  const within = (at: number) => at >= dayStart && at < dayStart + DAY;
  if (fields.everyHour) {
    // Airflow counts elapsed time for these, so no hour is lost or doubled.
    for (let hour = dayStart; hour <= dayStart + DAY; hour += HOUR) {
      const offset = zone.offset(hour) * MINUTE;
      for (const minute of fields.minutes) {
        const local = Math.floor((hour + offset) / HOUR) * HOUR;
        const at = local + minute * MINUTE - offset;
        const date = new Date(at + offset);
        if (
          within(at) &&
          fields.matchesDate(
            date.getUTCFullYear(),
            date.getUTCMonth() + 1,
            date.getUTCDate(),
          )
        ) {
          fires.add(at);
        }
      }
    }
  } else {
    for (const shift of [-DAY, 0, DAY]) {
      const date = new Date(dayStart + shift);
      const matches = fields.matchesDate(
        date.getUTCFullYear(),
        date.getUTCMonth() + 1,
        date.getUTCDate(),
      );
      if (!matches) continue;
      for (const hour of fields.hours) {
        for (const minute of fields.minutes) {
          const at = instantOf(
            dayStart + shift + hour * HOUR + minute * MINUTE,
            zone,
          );
          if (within(at)) fires.add(at);
        }
      }
    }
  }
  return [...fires].sort((a, b) => a - b);
}

/** When a cron fires on the UTC day that starts at `dayStart`, in order. */
export function cronFiresOfDay(
  expression: string,
  timezone: string,
  dayStart: number,
): readonly number[] {
  const key = `${expression}|${timezone}|${dayStart}`;
  let fires = days.get(key);
  if (!fires) {
    fires = firesOfUtcDay(expression, timezone, dayStart);
    if (days.size >= MAX_CACHED_DAYS) days.clear();
    days.set(key, fires);
  }
  return fires;
}
