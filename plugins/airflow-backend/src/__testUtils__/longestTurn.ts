import { performance } from 'node:perf_hooks';

/**
 * How long some work held the event loop at most, in milliseconds: in each of its turns no longer than the clock says,
 * nor than this process had a processor. So a machine where others work does not make it longer.
 */
export async function longestTurn(
  work: () => Promise<unknown>,
): Promise<number> {
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
