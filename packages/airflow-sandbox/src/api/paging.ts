/** The part of a list that a query asks for. */
export function pageOf<T>(
  query: { page(): { limit: number; offset: number } },
  rows: readonly T[],
): T[] {
  const { limit, offset } = query.page();
  return rows.slice(offset, offset + limit);
}
