/** A half-open span of instants, or of seconds. */
export interface Range {
  from?: number;
  to?: number;
}

/** What is unknown lies in no range, and anything lies where none is given. */
export function inRange(
  value: number | null,
  range: Range | undefined,
): boolean {
  if (!range) return true;
  if (value === null) return false;
  return value >= (range.from ?? -Infinity) && value < (range.to ?? Infinity);
}
