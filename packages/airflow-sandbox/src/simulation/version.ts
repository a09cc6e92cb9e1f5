export function major(version: string): number {
  return Number(version.split('.')[0]);
}

/** Whether a version is at least `wanted` (major.minor). */
export function atLeast(version: string, wanted: string): boolean {
  const [a, b] = version.split('.').map(Number);
  const [c, d] = wanted.split('.').map(Number);
  return a > c || (a === c && b >= d);
}
