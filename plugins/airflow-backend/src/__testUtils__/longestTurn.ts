import { performance } from 'node:perf_hooks';

/** So long others may wait for one turn. What is not sliced takes hundreds of milliseconds, what is quadratic seconds. */
export const LONGEST_TURN_MS = 50;
/** What is longer only now and then is not the work's doing: code runs slowly at first, and memory is tidied up. */
const MOST_TRIES = 5;

/** The longest turn of the event loop that work takes whenever it is done; that of the first try that is well. */
export async function longestTurnOfTries(
  work: () => Promise<unknown>,
): Promise<number> {
  let longest = Infinity;
  for (let i = 0; i < MOST_TRIES && longest >= LONGEST_TURN_MS; i += 1) {
    longest = Math.min(longest, await longestTurn(work));
  }
  return longest;
}

/**
 * How long some work held the event loop at most, in milliseconds: in each of its turns no longer than the clock says,
 * nor than this process had a processor. So a machine where others work does not make it longer.
 */
async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let longestMs = 0;
  let isOver = false;
  const turns = new Promise<void>(done => {
    let from = now();
    const turn = () => {
      const until = now();
      const heldMs = Math.min(until.clock - from.clock, until.cpu - from.cpu);
      longestMs = Math.max(longestMs, heldMs);
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

function now() {
  const { user, system } = process.cpuUsage();
  return { clock: performance.now(), cpu: (user + system) / 1_000 };
}
