import type { Instant } from '@airflow-fleet/backstage-plugin-airflow-common';
import { durationText } from '../../ui/time';

/** A share in per cent, so that nothing but all is 100 % and nothing but none is 0 %. */
export function shareText(part: number, whole: number): string {
  if (whole === 0) return '–';
  const percent = (100 * part) / whole;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  if (percent > 99.9 && percent < 100) return '> 99.9 %';
  return `${Number(percent.toFixed(1))} %`;
}

export function msText(ms: number | null): string {
  return ms === null ? '–' : durationText(ms);
}

/**
 * How much of a span of days is known where the oldest run is of later than its beginning; null where all of it is, or
 * nothing.
 */
export function knownText(
  days: number,
  storedSince: Instant | null,
  now: Date,
): string | null {
  if (storedSince === null) return null;
  const hours = (now.getTime() - Date.parse(storedSince)) / 3_600_000;
  if (hours >= days * 24) return null;
  const whole = Math.max(0, Math.floor(hours));
  if (whole < 48)
    return whole === 1 ? '1 hour of data' : `${whole} hours of data`;
  return `${Math.floor(whole / 24)} days of data`;
}

/** A span of days, ending now. */
export function daysText(days: number): string {
  return days === 1 ? '24 hours' : `${days} days`;
}
