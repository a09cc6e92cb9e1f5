const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Lengths of time that people count in. */
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map(count => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(count => count * MINUTE),
  ...[1, 2, 3, 6, 12].map(count => count * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100].map(count => count * DAY),
];

const MOST = 5;

/** At most five round lengths of time up to the longest. */
export function durationTicks(longestMs: number): number[] {
  const step =
    steps.find(one => longestMs / one <= MOST) ?? Math.ceil(longestMs / MOST);
  return Array.from(
    { length: Math.floor(longestMs / step) },
    (_, i) => (i + 1) * step,
  );
}
