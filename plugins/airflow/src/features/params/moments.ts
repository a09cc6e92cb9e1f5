import {
  parseAbsolute,
  parseDate,
  type DateValue,
} from '@internationalized/date';

/** A day, or a moment in UTC, as the calendar takes it; null for what is none. */
export function readMoment(
  text: string,
  isWholeDay: boolean,
): DateValue | null {
  try {
    return isWholeDay ? parseDate(text) : parseAbsolute(text, 'UTC');
  } catch {
    return null;
  }
}

export const isDay = (text: string) => readMoment(text, true) !== null;
export const isMoment = (text: string) => readMoment(text, false) !== null;
