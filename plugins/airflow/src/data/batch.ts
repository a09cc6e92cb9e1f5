/** What is asked for within this time is asked for together. */
const COLLECT_MS = 10;

interface Batch<T> {
  keys: string[];
  answer: Promise<ReadonlyMap<string, T>>;
}

/**
 * Asks for many things together that are wanted one by one; what was wanted first is asked for first.
 *
 * @param ask - answers for the keys given; what it leaves out is undefined
 */
export function batched<T>(
  ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  limits: {
    /** How many may be asked for together. */
    keys: number;
    /** How many questions may wait for their answer at a time. */
    questions: number;
  },
): (key: string) => Promise<T | undefined> {
  let open: Batch<T> | undefined;
  const inTurn = turns(limits.questions);
  const begin = (): Batch<T> => {
    const keys: string[] = [];
    const collected = new Promise(resolve => {
      setTimeout(resolve, COLLECT_MS);
    });
    const batch = {
      keys,
      answer: collected.then(() => {
        if (open === batch) open = undefined;
        return inTurn(() => ask(keys));
      }),
    };
    return batch;
  };
  return async key => {
    if (!open || open.keys.length === limits.keys) open = begin();
    const { keys, answer } = open;
    keys.push(key);
    return (await answer).get(key);
  };
}

/** Has actions done in the order in which they come, so many at a time. */
function turns(width: number): <R>(work: () => Promise<R>) => Promise<R> {
  let underWay = 0;
  const waiting: (() => void)[] = [];
  return async work => {
    if (underWay >= width) {
      await new Promise<void>(resolve => waiting.push(resolve));
    } else {
      underWay += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else underWay -= 1;
    }
  };
}
