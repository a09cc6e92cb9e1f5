import type { Instant } from '@airflow-fleet/backstage-plugin-airflow-common';

/** A bigint column as it is read: PostgreSQL gives a string, SQLite a number. */
export type StoredNumber = number | string;

/** A boolean column as it is read: PostgreSQL gives a boolean, SQLite a number. */
export type StoredBoolean = boolean | number;

export function toMs(instant: Instant): number {
  return Date.parse(instant);
}

export function toMsOrNull(instant: Instant | null): number | null {
  return instant === null ? null : toMs(instant);
}

/** What is no year of four digits; rows of it may be left from when such were stored. */
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

export function toInstant(stored: StoredNumber): Instant {
  return new Date(Math.min(Number(stored), LAST)).toISOString();
}

export function toInstantOrNull(stored: StoredNumber | null): Instant | null {
  return stored === null ? null : toInstant(stored);
}

export function toNumberOrNull(stored: StoredNumber | null): number | null {
  return stored === null ? null : Number(stored);
}

export function toBooleanOrNull(stored: StoredBoolean | null): boolean | null {
  return stored === null ? null : Boolean(stored);
}
