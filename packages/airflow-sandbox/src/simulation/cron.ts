import { CronExpressionParser } from 'cron-parser';
import { IANAZone } from 'luxon';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

interface CronFields {
  minutes: number[];
  hours: number[];
  everyHour: boolean;
  /** Whether the date of a wall clock time is one of its dates. */
  matchesDate(wall: number): boolean;
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
    matchesDate(wall) {
      const date = new Date(wall);
      if (!months.has(date.getUTCMonth() + 1)) return false;
      const day = date.getUTCDate();
      const weekday = date.getUTCDay();
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
  const fires = fields.everyHour
    ? hourlyFires(fields, zone, dayStart)
    : dailyFires(fields, zone, dayStart);
  const ofDay = fires.filter(at => at >= dayStart && at < dayStart + DAY);
  return [...new Set(ofDay)].sort((a, b) => a - b);
}

/** Airflow counts elapsed time for these, so no hour is lost or doubled. */
function hourlyFires(
  { minutes, matchesDate }: CronFields,
  zone: IANAZone,
  dayStart: number,
): number[] {
  const hours = Array.from({ length: 25 }, (_, i) => dayStart + i * HOUR);
  return hours.flatMap(hour => {
    const offset = zone.offset(hour) * MINUTE;
    const wallHour = Math.floor((hour + offset) / HOUR) * HOUR;
    return minutes
      .map(minute => wallHour + minute * MINUTE)
      .filter(matchesDate)
      .map(wall => wall - offset);
  });
}

/** A day of the clock may begin on the UTC day before, and end on the one after. */
function dailyFires(
  { minutes, hours, matchesDate }: CronFields,
  zone: IANAZone,
  dayStart: number,
): number[] {
  return [dayStart - DAY, dayStart, dayStart + DAY]
    .filter(matchesDate)
    .flatMap(day =>
      hours.flatMap(hour =>
        minutes.map(minute =>
          instantOf(day + hour * HOUR + minute * MINUTE, zone),
        ),
      ),
    );
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
