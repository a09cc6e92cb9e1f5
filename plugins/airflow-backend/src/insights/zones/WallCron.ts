import { CronExpressionParser } from 'cron-parser';

const presets = new Map([
  ['@hourly', '0 * * * *'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@weekly', '0 0 * * 0'],
  ['@monthly', '0 0 1 * *'],
  ['@quarterly', '0 0 1 */3 *'],
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
]);

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

type Fields = ReturnType<typeof CronExpressionParser.parse>['fields'];

/** A cron of five fields on the clock on the wall, whatever zone that is in. Times of day are in minutes. */
export class WallCron {
  /** At which minutes of a day, in order. */
  readonly minutesOfDay: ReadonlySet<number>;
  /** Airflow goes on by the hour over a change of clocks with these, and by the clock on the wall with all others. */
  readonly isEveryHour: boolean;
  readonly isEveryDay: boolean;

  private constructor(
    readonly expression: string,
    private readonly fields: Fields,
  ) {
    const { minute, hour, dayOfMonth, dayOfWeek, month } = fields;
    this.minutesOfDay = new Set(
      hour.values.flatMap(h => minute.values.map(m => h * 60 + m)),
    );
    this.isEveryHour = hour.isWildcard;
    this.isEveryDay =
      dayOfMonth.isWildcard && dayOfWeek.isWildcard && month.isWildcard;
  }

  /**
   * Reads an expression as croniter does, Airflow's own reader: `L5` is the last Friday. Undefined for what is not read:
   * seconds, which may be its first or its last field, and the nearest weekday (`15W`).
   */
  static read(expression: string): WallCron | undefined {
    const fields = (presets.get(expression) ?? expression).split(' ');
    if (fields.length !== 5) return undefined;
    const weekday = fields[4].replace(/\bL([0-7])\b/gi, '$1L');
    try {
      return new WallCron(
        expression,
        CronExpressionParser.parse(
          [...fields.slice(0, 4), weekday].join(' '),
        ).fields,
      );
    } catch {
      return undefined;
    }
  }

  /** Whether it names what a clock on the wall shows; given as if that were UTC. */
  names(wallMs: number): boolean {
    if (wallMs % MINUTE_MS !== 0) return false;
    const minuteOfDay = (wallMs - startOfDay(wallMs)) / MINUTE_MS;
    return this.minutesOfDay.has(minuteOfDay) && this.isOn(wallMs);
  }

  /** Whether it names a day. */
  isOn(wallMs: number): boolean {
    const { dayOfMonth, month, dayOfWeek } = this.fields;
    const date = new Date(wallMs);
    if (!has(month.values, date.getUTCMonth() + 1)) return false;
    const onDay = isDayOfMonth(dayOfMonth, date);
    const onWeekday = isWeekday(dayOfWeek, date);
    const isEither = !dayOfMonth.isWildcard && !dayOfWeek.isWildcard;
    return isEither ? onDay || onWeekday : onDay && onWeekday;
  }
}

/** The beginning of the day of a clock on the wall. */
export function startOfDay(wallMs: number): number {
  return Math.floor(wallMs / DAY_MS) * DAY_MS;
}

function has(values: readonly (number | string)[], value: number): boolean {
  return values.includes(value);
}

function isDayOfMonth(field: Fields['dayOfMonth'], date: Date): boolean {
  return (
    has(field.values, date.getUTCDate()) ||
    (field.hasLastChar && isWithinLast(date, 1))
  );
}

function isWeekday(field: Fields['dayOfWeek'], date: Date): boolean {
  const weekday = date.getUTCDay();
  if (field.nthDay > 0) {
    const isNth = Math.ceil(date.getUTCDate() / 7) === field.nthDay;
    return isNth && has(field.values, weekday);
  }
  if (has(field.values, weekday)) return true;
  const values: readonly (number | string)[] = field.values;
  const isNamedLast = [weekday, weekday === 0 ? 7 : weekday].some(day =>
    values.includes(`${day}L`),
  );
  return isNamedLast && isWithinLast(date, 7);
}

/** Whether a day is one of the last of its month. */
function isWithinLast(date: Date, days: number): boolean {
  const later = new Date(date.getTime() + days * DAY_MS);
  return later.getUTCMonth() !== date.getUTCMonth();
}
