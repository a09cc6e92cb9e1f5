import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Megabytes of main memory that a process takes. */
export async function memoryOf(pid: number): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1024;
}

/** The most memory that a process takes while something is done. */
export async function peakMemory<T>(
  pid: number,
  act: () => Promise<T>,
): Promise<{ peak: number; result: T }> {
  let peak = await memoryOf(pid);
  let isDone = false;
  const watch = async () => {
    while (!isDone) {
      peak = Math.max(peak, await memoryOf(pid));
      await new Promise(done => setTimeout(done, 100));
    }
  };
  const watching = watch();
  try {
    const result = await act();
    return { peak, result };
  } finally {
    isDone = true;
    await watching;
  }
}
