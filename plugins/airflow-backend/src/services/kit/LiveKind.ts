import { isError } from '@backstage/errors';
import { LRUCache } from 'lru-cache';
import { askingFor, BusyError } from '../../airflow';
import { SharedFetch } from './SharedFetch';

/** What was fetched, and how long it may be given to others. */
export interface Fetched<T> {
  value: T;
  keepMs: number;
}

/** How long what may still change is given to others. */
export const CHANGING_MS = 3_000;
/** How long what only a person's action changes is given to others. */
export const SETTLED_MS = 60_000;

/** Of which cluster and DAG something is, the DAG null for what is of the cluster as a whole, and then what of it. */
export type LiveKey = readonly [
  cluster: string,
  dagId: string | null,
  ...of: string[],
];

/**
 * What is fetched of one kind: once for all who ask at the same time or shortly after, so that the number of viewers does
 * not change the number of requests.
 */
export class LiveKind<T extends object> {
  private readonly cache: LRUCache<string, T>;
  private readonly fetching = new Map<string, SharedFetch<Fetched<T>>>();

  /** @param sizeOf - how much room a value takes, in any unit that `maxSize` counts in too */
  constructor(options: { maxSize: number; sizeOf: (value: T) => number }) {
    this.cache = new LRUCache({
      maxSize: options.maxSize,
      sizeCalculation: options.sizeOf,
    });
  }

  /** What is fetched serves everybody who waits, so it is cut off only when the last of them leaves. */
  async get(key: LiveKey, fetch: () => Promise<Fetched<T>>): Promise<T> {
    const name = JSON.stringify(key);
    const { signal } = askingFor.getStore() ?? {};
    for (;;) {
      const kept = this.cache.get(name);
      if (kept) return kept;
      const anothers = this.fetching.get(name);
      try {
        const present = anothers ?? this.begin(name, fetch);
        return (await present.wait(signal)).value;
      } catch (error) {
        const isMine = !anothers || signal?.aborted;
        if (isMine || !isOfWhoBegan(error)) throw error;
      }
    }
  }

  /** Forgets everything whose key begins like this. */
  forget(prefix: LiveKey): void {
    const start = JSON.stringify(prefix).slice(0, -1);
    const isMeant = (name: string) =>
      name === `${start}]` || name.startsWith(`${start},`);
    for (const name of [...this.cache.keys()].filter(isMeant)) {
      this.cache.delete(name);
    }
    for (const name of [...this.fetching.keys()].filter(isMeant)) {
      this.fetching.delete(name);
    }
  }

  private begin(
    name: string,
    fetch: () => Promise<Fetched<T>>,
  ): SharedFetch<Fetched<T>> {
    const begun = new SharedFetch(fetch, (own, fetched) => {
      // An action may have forgotten the key meanwhile; then the value is already old.
      if (this.fetching.get(name) !== own) return;
      this.fetching.delete(name);
      if (fetched) this.cache.set(name, fetched.value, { ttl: fetched.keepMs });
    });
    this.fetching.set(name, begun);
    return begun;
  }
}

/** That others wait no longer, or have used up their share, is no reason for who still waits. */
function isOfWhoBegan(error: unknown): boolean {
  return (
    error instanceof BusyError ||
    (isError(error) && error.name === 'AbortError')
  );
}
