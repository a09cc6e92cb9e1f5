import { performance } from 'node:perf_hooks';

/** So long others may wait for one turn. What is not sliced takes hundreds of milliseconds, what is quadratic seconds. */
export const LONGEST_TURN_MS = 50;
/** What is longer only now and then is not the work's doing: code runs slowly at first, and memory is tidied up. */
const MOST_TRIES = 10;

/** A machine on which the same steps take twice as long as they should is given twice the time. */
const STEPS_MS = 12;

/**
 * The longest turn of the event loop that work takes whenever it is done; that of the first try that is well. Told in
 * milliseconds of a machine that is as fast as it should be.
 */
export async function longestTurnOfTries(
  work: () => Promise<unknown>,
): Promise<number> {
  let longest = Infinity;
  for (let i = 0; i < MOST_TRIES && longest >= LONGEST_TURN_MS; i += 1) {
    const heldMs = await longestTurn(work);
    longest = Math.min(longest, heldMs / slowness());
  }
  return longest;
}

/** How many times longer than it should this machine takes now to do and tidy up what is always the same. */
function slowness(): number {
  const tries = Array.from({ length: 5 }, () => {
    const from = now();
    const kept = [];
    for (let i = 0; i < 50_000; i += 1) kept.push([i, String(i)]);
    return heldBetween(from, now());
  });
  const [, , median] = tries.sort((a, b) => a - b);
  return Math.max(1, median / STEPS_MS);
}

/**
 * How long some work held the event loop at most, in milliseconds: in each of its turns no longer than the clock says,
 * nor than this thread had a processor. So neither a machine where others work nor what V8 does on threads of its own
 * makes it longer.
 */
async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let longestMs = 0;
  let isOver = false;
  const turns = new Promise<void>(done => {
    let from = now();
    const turn = () => {
      const until = now();
      longestMs = Math.max(longestMs, heldBetween(from, until));
      from = until;
      if (isOver) done();
      else setImmediate(turn);
    };
    setImmediate(turn);
  });
  await Promise.allSettled([work()]);
  isOver = true;
  await turns;
  return longestMs;
}

function heldBetween(from: Moment, until: Moment): number {
  return Math.min(until.clock - from.clock, until.cpu - from.cpu);
}

interface Moment {
  clock: number;
  cpu: number;
}

function now(): Moment {
  // Not each Node 22 tells it of a thread.
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return { clock: performance.now(), cpu: (user + system) / 1_000 };
}
