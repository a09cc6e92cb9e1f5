import { z } from 'zod';

/**
 * The entity ref of who may own something: a group or a user, in full and in lower case, as `group:default/payments`.
 *
 * @public
 */
export const ownerRefSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(?:group|user):[a-z0-9-]{1,63}\/[a-z0-9._-]{1,63}$/,
    'must be the entity ref of a group or a user, such as group:default/payments',
  );

/**
 * Where the owner of a DAG was found, in the order in which they decide: set in the portal, a catalog entity whose
 * annotations claim the DAG, a `team:` tag, an Airflow owner that the config maps, the cluster's owner.
 *
 * @public
 */
export const ownerSources = [
  'portal',
  'entity',
  'tag',
  'airflow-owner',
  'cluster',
] as const;

/**
 * What decided who owns a DAG; see {@link ownerSources}.
 *
 * @public
 */
export type OwnerSource = (typeof ownerSources)[number];

/**
 * An owner that something names.
 *
 * @public
 */
export const namedOwnerSchema = z.object({
  /** Entity ref of a group or user, such as `group:default/payments`. */
  ref: z.string(),
  source: z.enum(ownerSources),
  /** What named them: the person who set it, the entity's ref, the tag, the Airflow owner, the cluster. */
  by: z.string(),
});

/**
 * An owner that something names; see {@link namedOwnerSchema}.
 *
 * @public
 */
export type NamedOwner = z.infer<typeof namedOwnerSchema>;

/**
 * Who owns a DAG, and what decided it.
 *
 * @public
 */
export const ownershipSchema = namedOwnerSchema.extend({
  /**
   * Who would come first, but the catalog has no such group or user. The owner is the last of them where the catalog
   * has nobody of those who are named. Left out when there is none.
   */
  notInCatalog: z.array(namedOwnerSchema).optional(),
});

/**
 * Who owns a DAG, and what decided it; see {@link ownershipSchema}.
 *
 * @public
 */
export type Ownership = z.infer<typeof ownershipSchema>;
