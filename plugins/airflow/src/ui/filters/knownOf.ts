/** Of the values that a filter knows those that were chosen; null for none at all. */
export function knownOf<T extends string>(
  values: readonly T[],
  chosen: string[] | null,
): T[] | null {
  return chosen && values.filter(value => chosen.includes(value));
}
