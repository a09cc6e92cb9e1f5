import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';

const MOST_REFS = 500;

/**
 * Asks the catalog which of some owners it does not have.
 *
 * @returns undefined when it has neither groups nor users, as it has none for a moment when it starts afresh; then it
 * cannot tell
 */
export async function readMissingOwners(
  refs: readonly string[],
  catalog: CatalogService,
  auth: AuthService,
): Promise<string[] | undefined> {
  const credentials = await auth.getOwnServiceCredentials();
  const fields = ['kind', 'metadata.name', 'metadata.namespace'];
  const known = await catalog.queryEntities(
    { filter: { kind: ['group', 'user'] }, limit: 1, fields },
    { credentials },
  );
  if (known.items.length === 0) return undefined;
  const missing: string[] = [];
  for (let from = 0; from < refs.length; from += MOST_REFS) {
    const asked = refs.slice(from, from + MOST_REFS);
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: asked, fields },
      { credentials },
    );
    missing.push(...asked.filter((_, i) => !items[i]));
  }
  return missing;
}
