export function major(version: string): number {
  return Number(version.split('.')[0]);
}

/** Whether a version is at least `wanted`, which may leave out the patch. */
export function atLeast(version: string, wanted: string): boolean {
  const present = version.split('.').map(part => parseInt(part, 10));
  const parts = wanted.split('.').map(Number);
  const differing = parts.findIndex((part, i) => part !== present[i]);
  return differing === -1 || present[differing] > parts[differing];
}
