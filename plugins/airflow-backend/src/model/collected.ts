import {
  collectionKinds,
  type CollectionKind,
} from '@airflow-fleet/backstage-plugin-airflow-common';

const MINUTE_MS = 60_000;

/** How a kind of fact is collected; its collector is in `collectors/`. */
interface CollectedFact {
  /** What people call it. */
  words: string;
  /** How often it is read unless `intervals` says otherwise. */
  everyMs: number;
  /**
   * One reading may take this long before it is cut off and the next one begins. The scheduler keeps a reading for its
   * backend for as long, so where a backend is killed within it, this is for how long nobody else reads. Runs go on
   * where they were cut off; DAGs are all read again.
   */
  longestMs: number;
  /** As often one reading may wait for a cluster's `limits.timeout`, which may be long; no more than it has requests. */
  timeouts?: number;
}

/** Everything that is collected of a cluster. */
export const collected: Record<CollectionKind, CollectedFact> = {
  // Three requests at most, each of which waits for a first byte.
  health: {
    words: 'health',
    everyMs: 0.5 * MINUTE_MS,
    longestMs: 2 * MINUTE_MS,
    timeouts: 4,
  },
  inventory: {
    words: 'DAGs',
    everyMs: 2 * MINUTE_MS,
    longestMs: 10 * MINUTE_MS,
  },
  runs: {
    words: 'runs',
    everyMs: 0.5 * MINUTE_MS,
    longestMs: 5 * MINUTE_MS,
  },
};

/** Something of each kind of fact. */
export function ofEachKind<T>(
  of: (kind: CollectionKind) => T,
): Record<CollectionKind, T> {
  const [health, inventory, runs] = collectionKinds.map(of);
  return { health, inventory, runs };
}
