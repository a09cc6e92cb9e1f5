import type {
  NamedOwner,
  Ownership,
  SelectableDag,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { ownerRefSchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { ClaimIndex } from './ClaimIndex';

/** Everything that can tell who owns a DAG, beside the DAG itself. */
export interface OwnerHints {
  /** Who was set in the portal, and by whom. */
  setting: { ref: string; by: string } | null;
  /** What catalog entities claim. */
  claims: ClaimIndex;
  /** Entity refs by what Airflow calls an owner. */
  airflowOwners: ReadonlyMap<string, string>;
  /** Entity ref of who owns the cluster. */
  clusterOwner: string | null;
  /** Entity refs that the catalog does not have. */
  missing: ReadonlySet<string>;
}

const TEAM_TAG = 'team:';

/**
 * Who owns a DAG: the first who is named and whom the catalog has, else the last who is named. Whom the catalog was not
 * asked about yet counts as there.
 */
export function resolveOwner(
  dag: SelectableDag,
  hints: OwnerHints,
): Ownership | null {
  const notInCatalog: NamedOwner[] = [];
  for (const named of namedOwners(dag, hints)) {
    if (!hints.missing.has(named.ref)) {
      return notInCatalog.length > 0 ? { ...named, notInCatalog } : named;
    }
    notInCatalog.push(named);
  }
  const last = notInCatalog.at(-1);
  return last ? { ...last, notInCatalog } : null;
}

/** Everybody who is named as owner; what says it first comes first. */
function* namedOwners(
  dag: SelectableDag,
  { setting, claims, airflowOwners, clusterOwner }: OwnerHints,
): Generator<NamedOwner> {
  if (setting) yield { source: 'portal', ...setting };

  const claim = claims.find(dag);
  if (claim) {
    yield { source: 'entity', ref: claim.ownerRef, by: claim.entityRef };
  }

  for (const tag of [...dag.tags].sort()) {
    const ref = teamOf(tag);
    if (ref) yield { source: 'tag', ref, by: tag };
  }

  for (const owner of dag.owners) {
    const ref = airflowOwners.get(owner);
    if (ref) yield { source: 'airflow-owner', ref, by: owner };
  }

  if (clusterOwner !== null) {
    yield {
      source: 'cluster',
      ref: clusterOwner.toLowerCase(),
      by: dag.cluster,
    };
  }
}

/** `team:payments` is the group of that name; what is no name of an owner is a tag like any other. */
export function teamOf(tag: string): string | undefined {
  if (!tag.startsWith(TEAM_TAG)) return undefined;
  return ownerRefOf(tag.slice(TEAM_TAG.length), 'default');
}

/** The full ref of a group or user from a short one, as `spec.owner` may hold it. */
export function ownerRefOf(
  text: string,
  namespace: string,
): string | undefined {
  try {
    const parsed = parseEntityRef(text, {
      defaultKind: 'group',
      defaultNamespace: namespace,
    });
    return ownerRefSchema.safeParse(stringifyEntityRef(parsed)).data;
  } catch {
    return undefined;
  }
}
