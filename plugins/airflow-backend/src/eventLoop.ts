import { performance } from 'node:perf_hooks';

/** So long what may take seconds is worked on before others have their turn, in which they find it once or twice. */
const LONG_WORK_SLICE_MS = 1;
/** So long what somebody waits for is. */
const SLICE_MS = 4;
/** A turn of the event loop that is over sooner had nothing for anybody to do. */
const QUIET_MS = 0.3;
/** So long long work waits for such a turn; a portal where somebody always asks still reads. */
const LONGEST_REST_MS = 3;

/** Whoever waits for a turn. One goes on in each turn of the event loop, so that many do not add up. */
const waiting: (() => void)[] = [];
let restSince = 0;
let turnSince = 0;

/** What somebody asks is answered in many short turns, so long work waits until there is nothing left of it to do. */
function goOnWhereQuiet(): void {
  const now = performance.now();
  const isQuiet = now - turnSince < QUIET_MS;
  turnSince = now;
  if (isQuiet || now - restSince > LONGEST_REST_MS) {
    restSince = now;
    waiting.shift()?.();
  }
  if (waiting.length > 0) setImmediate(goOnWhereQuiet);
}

function quietTurn(): Promise<void> {
  return new Promise(resolve => {
    waiting.push(resolve);
    if (waiting.length > 1) return;
    restSince = performance.now();
    turnSince = restSince - QUIET_MS;
    setImmediate(goOnWhereQuiet);
  });
}

/** Whoever goes on in the next turns, one in each. */
const following: (() => void)[] = [];

function goOn(): void {
  following.shift()?.();
  if (following.length > 0) setImmediate(goOn);
}

function nextTurn(): Promise<void> {
  return new Promise(resolve => {
    following.push(resolve);
    if (following.length === 1) setImmediate(goOn);
  });
}

/** Keeps work from holding up everybody else. */
class Turns {
  private since = performance.now();

  constructor(
    private readonly sliceMs: number,
    private readonly turn: () => Promise<void>,
  ) {}

  /** To be called between pieces of the work: where it has gone on for long, others have their turn first. */
  async breathe(): Promise<void> {
    if (performance.now() - this.since < this.sliceMs) return;
    await this.turn();
    this.since = performance.now();
  }
}

/** Of what may take seconds, such as to read what a cluster told: people who ask something go first. */
export class LongWork extends Turns {
  constructor() {
    super(LONG_WORK_SLICE_MS, quietTurn);
  }
}

/** Of what somebody waits for, in many short pieces. */
export class ShortWork extends Turns {
  constructor() {
    super(SLICE_MS, nextTurn);
  }
}

/** Hands things on one by one, while others have their turns. */
export async function* oneByOne<T>(
  things: AsyncIterable<T>,
): AsyncGenerator<T> {
  const work = new LongWork();
  for await (const thing of things) {
    yield thing;
    await work.breathe();
  }
}
