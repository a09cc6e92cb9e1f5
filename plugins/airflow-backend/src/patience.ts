/** In so many steps, of which each counts as one however long the process stood still meanwhile. */
const STEPS = 10;

/**
 * Calls back after a time in which this process could work, and gives what calls that off. Time for which it stood
 * still, as one does whose machine is suspended or lent to others, is not the fault of whom it waits for: a plain timer
 * is over before what has come meanwhile is heard.
 */
export function afterPatience(ms: number, over: () => void): () => void {
  let left = STEPS;
  let timer: NodeJS.Timeout;
  const step = () => {
    timer = setTimeout(() => {
      left -= 1;
      if (left > 0) step();
      else over();
    }, ms / STEPS).unref();
  };
  step();
  return () => clearTimeout(timer);
}
