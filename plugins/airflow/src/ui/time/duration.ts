const units: [ms: number, name: string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1_000, 's'],
];

/** A length of time in its two largest units: `1m 12s`; below a second in milliseconds. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const first = units.findIndex(([unit]) => ms >= unit);
  let rest = ms;
  const parts = units.slice(first, first + 2).map(([unit, name]) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count > 0 ? `${count}${name}` : '';
  });
  return parts.filter(Boolean).join(' ');
}
