// Finds a Python that Airflow runs on, and installs an Airflow with it.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { capture, must } from '../portal/processes.mjs';
import { FriendlyError, step } from '../portal/report.mjs';
import { preparedStamp } from './versions.mjs';

const CANDIDATES = ['python3.11', 'python3.12', 'python3', 'python'];

/** True for the versions that both Airflows run on. */
export function isSupported(version) {
  return /^3\.(11|12)\./.test(version);
}

/** The first Python of the machine that fits and can make virtual environments. */
export async function findPython() {
  const seen = [];
  for (const program of CANDIDATES) {
    const asked = await capture(program, [
      '-c',
      'import ensurepip, platform, venv; print(platform.python_version())',
    ]).catch(() => ({ code: 1, output: '' }));
    const version = asked.output.trim();
    if (asked.code === 0 && isSupported(version)) return program;
    if (version) seen.push(`${program}: ${version.split('\n').at(-1)}`);
  }
  throw new FriendlyError(
    `No Python 3.11 or 3.12 with venv was found (${
      seen.join(', ') || 'none at all'
    }).`,
    'Install one: `apt-get install python3 python3-venv`, `brew install python@3.12`, or `uv python install 3.12`.',
  );
}

/** True when the pinned requirements of today are installed. */
export async function isInstalled(version) {
  const present = await readFile(stampOf(version), 'utf8').catch(() => '');
  return present === (await fingerprint(version));
}

/** Installs an Airflow from its pinned requirements, anew. */
export async function install(version) {
  await step(`Installing Airflow ${version.release} from PyPI`, async () => {
    const venv = path.join(version.home, 'venv');
    await rm(venv, { recursive: true, force: true });
    await mkdir(version.home, { recursive: true });
    await run(await findPython(), ['-m', 'venv', venv]);
    await run(path.join(venv, 'bin', 'python'), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      '-r',
      requirementsOf(version),
    ]);
    await rm(preparedStamp(version), { force: true });
    await writeFile(stampOf(version), await fingerprint(version));
  });
}

function stampOf({ home }) {
  return path.join(home, 'installed');
}

function requirementsOf({ major }) {
  return path.join(import.meta.dirname, `requirements-${major}.txt`);
}

async function fingerprint(version) {
  return createHash('sha256')
    .update(await readFile(requirementsOf(version)))
    .digest('hex');
}

function run(program, args) {
  return must(program, args, {
    hint: 'Is PyPI reachable? pip takes its index from its own configuration.',
  });
}
