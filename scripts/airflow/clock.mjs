// The clock of one Airflow, moved away from the machine's by Debian's faketime.
import { access, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture } from '../portal/processes.mjs';
import { FriendlyError, step } from '../portal/report.mjs';

const PLACES = ['x86_64', 'aarch64'].map(
  machine => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`,
);

/** What Python needs so that it can sleep with it. */
const PATCHES = fileURLToPath(new URL('clock', import.meta.url));

/** Notes how far the clock is to be off; what is started from now on has it. */
export async function setClock(version, seconds) {
  if (seconds === 0) {
    await rm(noteOf(version), { force: true });
    return;
  }
  await ensureLibrary();
  await writeFile(noteOf(version), String(seconds));
}

/** What a process of the Airflow is started with so that it has the Airflow's clock. */
export async function clockEnvironment(version) {
  const seconds = await readFile(noteOf(version), 'utf8').catch(() => '');
  if (seconds === '') return {};
  return {
    LD_PRELOAD: await ensureLibrary(),
    FAKETIME: `${Number(seconds) > 0 ? '+' : ''}${seconds}s`,
    PYTHONPATH: PATCHES,
    // Waits and timeouts are measured by it, and are to last as long as ever.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
}

function noteOf({ home }) {
  return path.join(home, 'clock');
}

async function find() {
  for (const place of PLACES) {
    const isThere = await access(place).then(
      () => true,
      () => false,
    );
    if (isThere) return place;
  }
  return undefined;
}

let library;

/** Where the library is; looked for once, whichever Airflows ask. */
function ensureLibrary() {
  library ??= findOrInstall();
  return library;
}

/** Installs it from Debian's packages when it is missing and may be. */
async function findOrInstall() {
  const present = await find();
  if (present) return present;
  if (process.getuid?.() === 0) {
    await step('Installing faketime from Debian', async () => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      await capture('apt-get', ['update', '-q'], { env });
      await capture(
        'apt-get',
        ['install', '-y', '-q', '--no-install-recommends', 'libfaketime'],
        { env },
      );
    });
    const installed = await find();
    if (installed) return installed;
  }
  throw new FriendlyError(
    'There is no libfaketime, which moves the clock of an Airflow.',
    'Install it: apt-get install libfaketime',
  );
}
