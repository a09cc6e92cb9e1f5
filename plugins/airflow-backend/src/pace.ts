import { performance } from 'node:perf_hooks';

/** So long something is worked on at most before others have their turn. */
const TURN_MS = 8;

/** Whoever waits for a turn. One goes on in each turn of the event loop, so that many do not add up. */
const waiting: (() => void)[] = [];

function goOn(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(goOn);
}

function nextTurn(): Promise<void> {
  return new Promise(resolve => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(goOn);
  });
}

/** Keeps work, however much of it there is, from holding up everybody else. */
export class Pace {
  private since = performance.now();

  /** To be called between pieces of the work: where it has gone on for long, others have their turn first. */
  async breathe(): Promise<void> {
    if (performance.now() - this.since < TURN_MS) return;
    await nextTurn();
    this.since = performance.now();
  }
}

/** Hands things on one by one, while others have their turns. */
export async function* paced<T>(things: AsyncIterable<T>): AsyncGenerator<T> {
  const pace = new Pace();
  for await (const thing of things) {
    yield thing;
    await pace.breathe();
  }
}
