import { durationText } from '../time';

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

/** A span of days, ending now. */
export function daysText(days: number): string {
  return days === 1 ? '24 hours' : `${days} days`;
}
