import { z } from 'zod';

/** The years that ISO 8601 writes with four digits; UTC may lead out of the year that is written. */
const FIRST = Date.parse('0000-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** What begins as a date; JavaScript makes moments of a lone number too. */
function isMoment(text: string): boolean {
  const at = Date.parse(text);
  return /^\d{4}-\d\d-\d\d/.test(text) && at >= FIRST && at <= LAST;
}

/** A moment as either version writes it, read as UTC with milliseconds. */
export const instant = z
  .string()
  .refine(isMoment, 'is no moment')
  .transform(text => new Date(text).toISOString());

/** As {@link instant}; null where Airflow tells none, or nothing that can be read. */
export const instantOrNull = z
  .unknown()
  .optional()
  .transform(raw => instant.safeParse(raw).data ?? null);

/**
 * Milliseconds from start to end; null while one of them is missing, and where the end comes first: what was cleared
 * may keep the end of its try before, and clocks of workers differ.
 */
export function elapsedMs(
  startedAt: string | null,
  endedAt: string | null,
): number | null {
  if (startedAt === null || endedAt === null) return null;
  const ms = Date.parse(endedAt) - Date.parse(startedAt);
  return ms < 0 ? null : ms;
}

/**
 * The last moment that reads as the one given: Airflow keeps microseconds, of which whole milliseconds are read, so
 * the end of a window reaches to the end of its millisecond.
 */
export function lastMomentOf(moment: string): string {
  return new Date(moment).toISOString().replace(/Z$/, '999Z');
}
