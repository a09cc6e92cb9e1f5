/** Times of one repeated operation, in milliseconds. */
export interface Times {
  count: number;
  p50: number;
  p95: number;
  max: number;
}

/** Runs an operation once for each input, `width` at a time, and tells how long each took. */
export async function timeEach<T>(
  inputs: readonly T[],
  width: number,
  operation: (input: T) => Promise<unknown>,
): Promise<Times> {
  const took: number[] = [];
  const queue = [...inputs];
  const work = async () => {
    for (
      let input = queue.shift();
      input !== undefined;
      input = queue.shift()
    ) {
      const from = performance.now();
      await operation(input);
      took.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return timesOf(took);
}

/** What so many times come to, in whichever order. */
export function timesOf(took: readonly number[]): Times {
  const sorted = [...took].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** A time in milliseconds, for a reader. */
export function ms(value: number): string {
  if (value >= 10_000) return `${Math.round(value / 1000)} s`;
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}

/** A Markdown table. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join(
    '\n',
  );
}
