import {
  ownerScopes,
  scopeQuery,
  type OwnerScope,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import { useUrlQuery } from '../../ui/address/useUrlQuery';

/** Another scope is another list, so its first page is shown. */
const query = z.object({ ...scopeQuery, cursor: z.string().optional() });

/**
 * Whose rows a list shows. The address says it; where it does not, what was chosen last is put there, so that what is
 * seen is what a link to it shows.
 */
export function useOwnerScope(): [OwnerScope, (scope: OwnerScope) => void] {
  const [{ scope: addressed }, change] = useUrlQuery(query);
  const [remembered, remember] = useRememberedScope();
  const scope = addressed ?? remembered;
  useEffect(() => {
    if (addressed === undefined && scope !== 'all') change({ scope });
  }, [addressed, scope, change]);
  return [
    scope,
    chosen => {
      remember(chosen);
      change({ scope: chosen, cursor: null });
    },
  ];
}

function useRememberedScope(): [OwnerScope, (scope: OwnerScope) => void] {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(() => storage.forBucket('airflow'), [storage]);
  const [scope, setScope] = useState(() =>
    knownScope(bucket.snapshot<string>('scope').value),
  );
  // A storage that asks a server knows it a little later.
  useEffect(() => {
    const subscription = bucket
      .observe$<string>('scope')
      .subscribe(({ value }) => setScope(knownScope(value)));
    return () => subscription.unsubscribe();
  }, [bucket]);
  return [
    scope,
    chosen => {
      setScope(chosen);
      // Where it cannot be kept, it still holds for this visit.
      bucket.set('scope', chosen).catch(() => undefined);
    },
  ];
}

function knownScope(value: string | undefined): OwnerScope {
  return ownerScopes.find(scope => scope === value) ?? 'all';
}
