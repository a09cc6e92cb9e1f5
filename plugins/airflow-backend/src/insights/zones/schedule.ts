import { createHash } from 'node:crypto';
import { startOfDay, type WallCron } from './WallCron';
import type { ZoneClock } from './ZoneClock';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MINUTES_A_DAY = 24 * 60;
const YEAR_MS = 366 * DAY_MS;
/** Moments of a year that are compared one by one; a cron of some days that has more is compared by its clock. */
const MOST_MOMENTS = 1_000;

/** Whether a cron, meant in a zone, has a run at a moment, as Airflow would make it. */
export function hasRunAt(
  cron: WallCron,
  clock: ZoneClock,
  ms: number,
): boolean {
  const wall = clock.wallAt(ms);
  if (cron.names(wall)) return cron.isEveryHour || clock.momentOf(wall) === ms;
  // What the clock leaps over comes as much later.
  const leapt = ms + clock.offsetBefore(ms);
  return cron.names(leapt) && clock.momentOf(leapt) === ms;
}

/** Equal for two zones in which a cron has all its runs of the coming year at the same moments. */
export function comingYear(
  cron: WallCron,
  clock: ZoneClock,
  now: Date,
): string {
  const fromMs = startOfDay(now.getTime());
  const toMs = fromMs + YEAR_MS;
  const spans = clock.spans(fromMs, toMs);
  const year = cron.isEveryDay
    ? dailySpans(cron, spans)
    : momentsBetween(cron, clock, fromMs, toMs) ?? spans;
  return createHash('sha256').update(JSON.stringify(year)).digest('base64');
}

/** At which minutes of the day in UTC, and since when, as far as that changes. */
function dailySpans(
  cron: WallCron,
  spans: ReturnType<ZoneClock['spans']>,
): [number, string][] {
  const moments: [number, string][] = [];
  for (const { atMs, offsetMs } of spans) {
    const minutes = [...cron.minutesOfDay]
      .map(minute => minute - offsetMs / MINUTE_MS)
      .map(minute => (minute + 2 * MINUTES_A_DAY) % MINUTES_A_DAY)
      .sort((a, b) => a - b)
      .join(' ');
    if (moments.at(-1)?.[1] !== minutes) moments.push([atMs, minutes]);
  }
  return moments;
}

function momentsBetween(
  cron: WallCron,
  clock: ZoneClock,
  fromMs: number,
  toMs: number,
): number[] | undefined {
  const days: number[] = [];
  for (let day = fromMs - DAY_MS; day <= toMs + DAY_MS; day += DAY_MS) {
    if (cron.isOn(day)) days.push(day);
  }
  const minutes = [...cron.minutesOfDay];
  if (days.length * minutes.length > MOST_MOMENTS) return undefined;
  return days
    .flatMap(day =>
      minutes.map(minute => clock.momentOf(day + minute * MINUTE_MS)),
    )
    .filter(ms => ms >= fromMs && ms < toMs);
}
