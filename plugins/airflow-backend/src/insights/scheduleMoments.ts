import type {
  Instant,
  Schedule,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { CronExpressionParser } from 'cron-parser';
import { isDeepStrictEqual } from 'node:util';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** More than so many are not listed one by one. */
const MOST_MOMENTS = 1_000;
/** Zones are hours and quarters of an hour away from UTC. */
const offsets = Array.from(
  { length: (26 * HOUR) / (15 * MINUTE) + 1 },
  (_, i) => i * 15 * MINUTE - 12 * HOUR,
);

const presets: Record<string, string> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/**
 * When a schedule has runs, from one moment that it is known to name up to before another; null where that cannot be
 * worked out. No Airflow tells the zone of a cron, so every distance from UTC is tried in which the cron names what is
 * known, and they must agree; around a change of clocks none of them names it all.
 *
 * @param known - moments that Airflow announced or made runs for, `from` among them
 */
export function scheduleMoments(
  schedule: Pick<Schedule, 'kind' | 'expression'>,
  known: readonly Instant[],
  window: { from: Instant; to: Instant },
): Instant[] | null {
  const from = Date.parse(window.from);
  const to = Date.parse(window.to);
  const stepMs = intervalMs(schedule);
  if (stepMs !== null) return toInstants(everyStep(from, to, stepMs));
  const cron = schedule.kind === 'cron' ? cronOf(schedule.expression) : null;
  if (!cron) return null;
  const anchors = known.map(moment => Date.parse(moment));
  const fitting = offsets.filter(offset =>
    anchors.every(at => names(cron, at + offset)),
  );
  const [first, ...others] = fitting.map(offset =>
    momentsAt(cron, { from, to }, offset),
  );
  return first && others.every(other => isDeepStrictEqual(other, first))
    ? toInstants(first)
    : null;
}

/** How far the runs of a `timedelta` are apart; null for other schedules, and where the text cannot be read. */
export function intervalMs({
  kind,
  expression,
}: Pick<Schedule, 'kind' | 'expression'>): number | null {
  const parts = /^(?:(\d+) days?, )?(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(
    (kind === 'interval' && expression) || '',
  );
  if (!parts) return null;
  const [days, hours, minutes, seconds] = parts.slice(1).map(Number);
  const ms =
    (days || 0) * DAY + hours * HOUR + minutes * MINUTE + seconds * 1_000;
  return ms > 0 ? ms : null;
}

function everyStep(from: number, to: number, stepMs: number): number[] {
  const found: number[] = [];
  for (let at = from; at < to && found.length < MOST_MOMENTS; at += stepMs) {
    found.push(at);
  }
  return found;
}

interface Cron {
  minutes: readonly number[];
  hours: readonly number[];
  isDay(local: Date): boolean;
}

function cronOf(expression: string | null): Cron | null {
  const text = presets[expression ?? ''] ?? expression ?? '';
  // A sixth field means seconds, at the front to some and at the end to others.
  if (text.split(' ').length !== 5 || /[L#W?]/i.test(text.split(' ')[2])) {
    return null;
  }
  try {
    const { minute, hour, dayOfMonth, month, dayOfWeek } =
      CronExpressionParser.parse(text).fields;
    if (/[L#]/i.test(text.split(' ')[4])) return null;
    const has = (values: readonly unknown[], value: number) =>
      values.includes(value);
    const isEither = !dayOfMonth.isWildcard && !dayOfWeek.isWildcard;
    return {
      minutes: minute.values.map(Number),
      hours: hour.values.map(Number),
      isDay(local) {
        const onDay = has(dayOfMonth.values, local.getUTCDate());
        const onWeekday = has(dayOfWeek.values, local.getUTCDay());
        return (
          has(month.values, local.getUTCMonth() + 1) &&
          (isEither ? onDay || onWeekday : onDay && onWeekday)
        );
      },
    };
  } catch {
    return null;
  }
}

function names(cron: Cron, localMs: number): boolean {
  const local = new Date(localMs);
  return (
    localMs % MINUTE === 0 &&
    cron.minutes.includes(local.getUTCMinutes()) &&
    cron.hours.includes(local.getUTCHours()) &&
    cron.isDay(local)
  );
}

function momentsAt(
  cron: Cron,
  { from, to }: { from: number; to: number },
  offset: number,
): number[] {
  const found: number[] = [];
  const firstDay = Math.floor((from + offset) / DAY) * DAY;
  for (let day = firstDay; day < to + offset; day += DAY) {
    if (!cron.isDay(new Date(day))) continue;
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        const at = day + hour * HOUR + minute * MINUTE - offset;
        if (at >= from && at < to) found.push(at);
        if (found.length === MOST_MOMENTS) return found;
      }
    }
  }
  return found;
}

function toInstants(moments: readonly number[]): Instant[] {
  return moments.map(moment => new Date(moment).toISOString());
}
