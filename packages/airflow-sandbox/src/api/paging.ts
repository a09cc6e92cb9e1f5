import { mix } from '../simulation/random';

/** The part of a list that a query asks for. */
export function pageOf<T>(
  query: { page(): { limit: number; offset: number } },
  rows: readonly T[],
): T[] {
  const { limit, offset } = query.page();
  return rows.slice(offset, offset + limit);
}

/** The part of a list that nobody sorts, in the order of its shuffle; what fits into one page keeps its order. */
export function pageOfUnsorted<T>(
  { limit, offset }: { limit: number; offset: number },
  rows: readonly T[],
  shuffle: number | undefined,
): T[] {
  if (shuffle === undefined || rows.length <= limit) {
    return rows.slice(offset, offset + limit);
  }
  return rows
    .map((row, i) => ({ row, place: mix(shuffle, i) }))
    .sort((a, b) => a.place - b.place)
    .slice(offset, offset + limit)
    .map(({ row }) => row);
}
