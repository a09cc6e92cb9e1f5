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
export type NamedOwner = {
  /** Entity ref of a group or user, such as `group:default/payments`. */
  ref: string;
  source: OwnerSource;
  /** What named them: the person who set it, the entity's ref, the tag, the Airflow owner, the cluster. */
  by: string;
};

/**
 * Who owns a DAG, and what decided it.
 *
 * @public
 */
export type Ownership = NamedOwner & {
  /**
   * Who would come first, but the catalog has no such group or user. The owner is the last of them where the catalog
   * has nobody of those who are named. Left out when there is none.
   */
  notInCatalog?: NamedOwner[];
};
