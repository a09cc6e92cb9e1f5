import {
  airflowAnnotations,
  readAirflowAnnotations,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { AuthService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { OwnerClaim } from '../store';
import { ownerRefOf } from './resolveOwner';

/** Reads from the catalog which entities say that DAGs are theirs, and who owns those entities. */
export async function readClaims(
  catalog: CatalogService,
  auth: AuthService,
): Promise<OwnerClaim[]> {
  const pages = catalog.streamEntities(
    {
      filter: airflowAnnotations.map(name => ({
        [`metadata.annotations.${name}`]: CATALOG_FILTER_EXISTS,
      })),
      fields: [
        'kind',
        'metadata.name',
        'metadata.namespace',
        'metadata.annotations',
        'spec.owner',
      ],
    },
    { credentials: await auth.getOwnServiceCredentials() },
  );
  const claims: OwnerClaim[] = [];
  for await (const entities of pages) claims.push(...entities.flatMap(claimOf));
  return claims;
}

/** What an entity claims; nothing without annotations, or when nobody owns it. */
export function claimOf(entity: Entity): OwnerClaim | [] {
  const selector = readAirflowAnnotations(entity);
  const ownerRef = ownerOf(entity);
  if (!selector || !ownerRef) return [];
  return { entityRef: stringifyEntityRef(entity), ownerRef, selector };
}

/** A group or user that claims DAGs owns them itself. */
function ownerOf(entity: Entity): string | undefined {
  const { namespace = DEFAULT_NAMESPACE } = entity.metadata;
  const owner = entity.spec?.owner;
  return typeof owner === 'string'
    ? ownerRefOf(owner, namespace)
    : ownerRefOf(stringifyEntityRef(entity), namespace);
}
