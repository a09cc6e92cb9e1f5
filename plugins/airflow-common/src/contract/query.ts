import { z } from 'zod';
import { schemaOf, type Schema } from './schemas';

/**
 * Reads one value or many as a list.
 *
 * @public
 */
export interface Repeated<T extends z.ZodType>
  extends z.ZodType<z.output<T>[], z.input<T> | z.input<T>[]> {}

/**
 * A query parameter that may be repeated: one value or many, always read as a list.
 *
 * @public
 */
export function repeated<T extends z.ZodType>(item: T): Repeated<T> {
  return z
    .union([z.array(item), item])
    .transform((value): z.output<T>[] =>
      Array.isArray(value) ? value : [value],
    );
}

/**
 * Reads what is `true` or `false`, or says so.
 *
 * @public
 */
export interface Flag extends z.ZodType<boolean, boolean | 'true' | 'false'> {}

/**
 * A query parameter that is `true` or `false`.
 *
 * @public
 */
export const flag: Flag = z.union([
  z.boolean(),
  z.enum(['true', 'false']).transform(value => value === 'true'),
]);

/**
 * What every paged list takes. `limit` is at most 250; `cursor` is the `nextCursor` of the page before.
 *
 * @public
 */
export const pageQuery = {
  limit: z.coerce.number<number | string>().int().min(1).max(250).default(50),
  cursor: z.string().max(2000).optional(),
};

/**
 * What tells a list's reader how far to trust it: one entry for each cluster that the list covers.
 *
 * @public
 */
export type Coverage = {
  cluster: string;
  /** When these facts were last read; null when never. */
  readAt: string | null;
  /** True when the last reading failed or is overdue: rows of this cluster may be out of date. */
  stale: boolean;
};

/** Reads a {@link Coverage}. @public */
export const coverageSchema: Schema<Coverage> = schemaOf(
  z.object({
    cluster: z.string(),
    readAt: z.string().nullable(),
    stale: z.boolean(),
  }),
);

/**
 * A page of a list.
 *
 * @public
 */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    /** Null on the last page. */
    nextCursor: z.string().nullable(),
    total: z.number().int().nonnegative(),
    coverage: z.array(coverageSchema),
  });
}

/**
 * A value of a filter, and how many rows it would show with the other filters kept.
 *
 * @public
 */
export type FacetValue = {
  value: string;
  count: number;
};

/**
 * For one filter, the values there are.
 *
 * @public
 */
export const facetSchema: Schema<FacetValue[]> = schemaOf(
  z.array(z.object({ value: z.string(), count: z.number().int() })),
);

/**
 * Whose rows a list shows: `mine` those that the caller owns or has taken in person, `teams` those of the caller and
 * the caller's groups, `all` every row that the caller may see.
 *
 * @public
 */
export const ownerScopes = ['mine', 'teams', 'all'] as const;

/**
 * Whose rows a list shows; see {@link ownerScopes}.
 *
 * @public
 */
export type OwnerScope = (typeof ownerScopes)[number];

/**
 * The query parameter of every list that can be narrowed to the caller's own; `all` when left out.
 *
 * @public
 */
export const scopeQuery = { scope: z.enum(ownerScopes).optional() };
