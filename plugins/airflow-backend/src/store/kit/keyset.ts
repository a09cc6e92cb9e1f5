import type { Knex } from 'knex';
import { type CursorValue, readCursor, writeCursor } from './cursor';
import type { PageRequest } from './types';

/** How a list is sorted: by one column, then by the columns that make a row unique, all in one direction. */
export interface KeysetSort {
  column: string;
  nullable: boolean;
  ties: readonly string[];
  direction: 'asc' | 'desc';
}

interface KeysetPage<TRow> {
  rows: TRow[];
  nextCursor: string | null;
}

/**
 * Reads one page by keyset. Rows without a value come last in both directions; they are asked for on their own, so
 * that a plain index serves each part on both engines.
 */
export async function keysetPage<TRow extends object>(options: {
  rows: () => Knex.QueryBuilder;
  sort: KeysetSort;
  page: PageRequest;
  /** Names sort and filter; see `fingerprint`. */
  question: string;
}): Promise<KeysetPage<TRow>> {
  const { sort, page, question } = options;
  const columns = [sort.column, ...sort.ties];
  const after =
    page.cursor === undefined
      ? undefined
      : readCursor(page.cursor, question, columns.length);
  const wanted = page.limit + 1;

  const found: TRow[] = [];
  if (after?.[0] !== null) {
    const valued = sorted(options.rows(), columns, sort.direction, after);
    if (sort.nullable) valued.whereNotNull(sort.column);
    found.push(...(await valued.limit(wanted)));
  }
  if (sort.nullable && found.length < wanted) {
    const place = after?.[0] === null ? after.slice(1) : undefined;
    const empty = sorted(options.rows(), sort.ties, sort.direction, place);
    empty.whereNull(sort.column).limit(wanted - found.length);
    found.push(...(await empty));
  }

  const rows = found.slice(0, page.limit);
  const last = rows.at(-1);
  const nextCursor =
    found.length > page.limit && last
      ? writeCursor(question, placeOf(last, columns))
      : null;
  return { rows, nextCursor };
}

function sorted(
  query: Knex.QueryBuilder,
  columns: readonly string[],
  direction: 'asc' | 'desc',
  after: readonly CursorValue[] | undefined,
): Knex.QueryBuilder {
  for (const column of columns) query.orderBy(column, direction);
  if (!after) return query;
  const names = columns.map(() => '??').join(', ');
  const values = after.map(() => '?').join(', ');
  const order = direction === 'asc' ? '>' : '<';
  return query.whereRaw(`(${names}) ${order} (${values})`, [
    ...columns,
    ...after,
  ]);
}

/** Bigints of PostgreSQL are strings of digits; the engine reads them back as either. */
function placeOf(row: object, columns: readonly string[]): CursorValue[] {
  const values = new Map<string, unknown>(Object.entries(row));
  return columns.map(column => {
    const value = values.get(column) ?? null;
    if (typeof value === 'boolean') return value ? 1 : 0;
    if (typeof value === 'string' || typeof value === 'number') return value;
    return null;
  });
}
