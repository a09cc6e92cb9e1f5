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

/** A range whose end is given as the last value that belongs to it. */
export function rangeThrough(
  from: number | null | undefined,
  last: number | null | undefined,
  step = 1,
): Range | undefined {
  if (typeof from !== 'number' && typeof last !== 'number') return undefined;
  return {
    from: from ?? undefined,
    to: typeof last === 'number' ? last + step : undefined,
  };
}
