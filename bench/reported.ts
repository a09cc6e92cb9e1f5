import { appendFile } from 'node:fs/promises';
import { inspect } from 'node:util';

/**
 * Prints what a benchmark reports, and ends the process with an error where it fails.
 *
 * @param write - the file that the report is appended to, as `--write` names it
 */
export async function reported(
  benchmark: () => Promise<string>,
  write: unknown,
): Promise<void> {
  try {
    const report = await benchmark();
    process.stdout.write(`${report}\n`);
    if (typeof write === 'string') await appendFile(write, report);
  } catch (error) {
    process.stderr.write(`${inspect(error)}\n`);
    process.exit(1);
  }
}
