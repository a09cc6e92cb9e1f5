import { DateTime } from 'luxon';

const units: [seconds: number, name: string][] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
];

/** How long ago, or how far ahead, in one unit: `12 s ago`, `in 3 min`. Hours go up to two days. */
export function ageOf(moment: string, now: number): string {
  const seconds = Math.round(
    (now - DateTime.fromISO(moment).toMillis()) / 1000,
  );
  const size = Math.abs(seconds);
  const [length, name] = units.find(([unit]) =>
    unit === 86_400 ? size >= 2 * unit : size >= unit,
  ) ?? [1, 's'];
  const amount = `${Math.floor(size / length)} ${name}`;
  return seconds < 0 ? `in ${amount}` : `${amount} ago`;
}
