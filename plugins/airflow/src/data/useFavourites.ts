import { airflowDagRefOf } from '@airflow-fleet/backstage-plugin-airflow-common';
import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import type { DagName } from './useDag';

const KEY = 'favourite-dags';
/** As many as a request can name. */
const MOST = 100;

const kept = z.array(z.string()).catch([]);

/** The DAGs that the reader has marked. They are kept where the portal keeps people's settings. */
export interface Favourites {
  /** As `airflowDagRefOf` writes them. */
  refs: readonly string[];
  has(dag: DagName): boolean;
  toggle(dag: DagName): void;
}

export function useFavourites(): Favourites {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(() => storage.forBucket('airflow'), [storage]);
  const [refs, setRefs] = useState(() =>
    kept.parse(bucket.snapshot(KEY).value),
  );
  useEffect(() => {
    const subscription = bucket
      .observe$(KEY)
      .subscribe(({ value }) => setRefs(kept.parse(value)));
    return () => subscription.unsubscribe();
  }, [bucket]);
  const has = useCallback(
    (dag: DagName) => refs.includes(airflowDagRefOf(dag)),
    [refs],
  );
  const toggle = useCallback(
    (dag: DagName) => {
      const ref = airflowDagRefOf(dag);
      const others = refs.filter(other => other !== ref);
      const next = refs.includes(ref) ? others : [...others, ref].slice(-MOST);
      setRefs(next);
      bucket.set(KEY, next).catch(() => setRefs(refs));
    },
    [bucket, refs],
  );
  return { refs, has, toggle };
}
