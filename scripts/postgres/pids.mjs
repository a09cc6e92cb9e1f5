// Whether a process that was noted in a file is still the one that was started.
import { readFile } from 'node:fs/promises';
import { capture } from '../portal/processes.mjs';

/**
 * True when the process is another program by now: a pid is given again, at the latest
 * after a restart of the machine. False when it is ours or gone.
 */
export async function isStranger(pid, ownWord) {
  const command = await commandOf(pid);
  return command !== '' && !command.includes(ownWord);
}

async function commandOf(pid) {
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() =>
    // There is no /proc on macOS.
    capture('ps', ['-o', 'args=', '-p', String(pid)]).then(
      ({ output }) => output.trim(),
      () => '',
    ),
  );
}
