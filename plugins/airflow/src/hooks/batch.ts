/** What is asked for within this time is asked for together. */
const COLLECT_MS = 10;

interface Batch<T> {
  keys: string[];
  answer: Promise<ReadonlyMap<string, T>>;
}

/**
 * Asks for many things together that are wanted one by one.
 *
 * @param ask - answers for the keys given; what it leaves out is undefined
 * @param limit - how many may be asked for at once
 */
export function batched<T>(
  ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  limit: number,
): (key: string) => Promise<T | undefined> {
  let open: Batch<T> | undefined;
  const begin = (): Batch<T> => {
    const keys: string[] = [];
    const collected = new Promise(resolve => {
      setTimeout(resolve, COLLECT_MS);
    });
    const batch = {
      keys,
      answer: collected.then(() => {
        if (open === batch) open = undefined;
        return ask(keys);
      }),
    };
    return batch;
  };
  return async key => {
    if (!open || open.keys.length === limit) open = begin();
    const { keys, answer } = open;
    keys.push(key);
    return (await answer).get(key);
  };
}
