import { z } from 'zod';

/** A moment as either version writes it, read as UTC with milliseconds. */
export const instant = z
  .string()
  .refine(text => !Number.isNaN(Date.parse(text)), 'is no moment')
  .transform(text => new Date(text).toISOString());

/** As {@link instant}; null where Airflow tells none, or nothing that can be read. */
export const instantOrNull = z
  .string()
  .nullish()
  .transform(text =>
    text && !Number.isNaN(Date.parse(text))
      ? new Date(text).toISOString()
      : null,
  );

/** Milliseconds from start to end; null while one of them is missing. */
export function elapsedMs(
  startedAt: string | null,
  endedAt: string | null,
): number | null {
  if (startedAt === null || endedAt === null) return null;
  return Math.max(0, Date.parse(endedAt) - Date.parse(startedAt));
}

/**
 * The last moment that reads as the one given: Airflow keeps microseconds, of which whole milliseconds are read, so
 * the end of a window reaches to the end of its millisecond.
 */
export function lastMomentOf(moment: string): string {
  return new Date(moment).toISOString().replace(/Z$/, '999Z');
}
