/** Whole milliseconds, as both versions print them with microseconds. */
function stamp(at: number, zone: string): string {
  const [whole, millis] = new Date(Math.floor(at))
    .toISOString()
    .slice(0, -1)
    .split('.');
  return millis === '000' ? `${whole}${zone}` : `${whole}.${millis}000${zone}`;
}

export function v1Time(at: number): string;
export function v1Time(at: number | null | undefined): string | null;
export function v1Time(at: number | null | undefined): string | null {
  return isInstant(at) ? stamp(at, '+00:00') : null;
}

export function v2Time(at: number): string;
export function v2Time(at: number | null | undefined): string | null;
export function v2Time(at: number | null | undefined): string | null {
  return isInstant(at) ? stamp(at, 'Z') : null;
}

function isInstant(at: number | null | undefined): at is number {
  return at !== null && at !== undefined && Number.isFinite(at);
}

/** Seconds between two instants, or null while one is missing. */
export function seconds(from: number | null, to: number | null): number | null {
  return from === null || to === null
    ? null
    : Math.max(0, Math.floor(to) - Math.floor(from)) / 1000;
}

const ZONED = /(Z|[+-]\d{2}:?\d{2})$/i;

/** Reads an instant: undefined if it is none, `naive` if it has no zone. */
export function parseInstant(text: string): number | 'naive' | undefined {
  const at = Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  return ZONED.test(text.trim()) ? at : 'naive';
}
