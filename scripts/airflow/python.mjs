// Finds a Python that Airflow runs on, and installs an Airflow with it.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { capture } from '../portal/processes.mjs';
import { FriendlyError, step } from '../portal/report.mjs';

const CANDIDATES = [
  'python3.11',
  'python3.12',
  'python3.10',
  'python3',
  'python',
];

/** True for the versions that both Airflows run on. */
export function isSupported(version) {
  return /^3\.(10|11|12)\./.test(version);
}

/** The first Python of the machine that fits and can make virtual environments. */
async function findPython() {
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
    `No Python 3.10, 3.11 or 3.12 with venv was found (${
      seen.join(', ') || 'none at all'
    }).`,
    'Install one: `apt-get install python3 python3-venv`, `brew install python@3.12`, or from python.org.',
  );
}

/** Installs an Airflow from its pinned requirements, unless that was done before. */
export async function install(version) {
  const requirements = path.join(
    import.meta.dirname,
    `requirements-${version.major}.txt`,
  );
  const wanted = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex');
  const stamp = path.join(version.home, 'installed');
  const present = await readFile(stamp, 'utf8').catch(() => '');
  if (present === wanted) return;

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
      requirements,
    ]);
    await writeFile(stamp, wanted);
  });
}

async function run(program, args) {
  const { code, output } = await capture(program, args);
  if (code === 0) return;
  throw new FriendlyError(
    `${program} ${args.slice(0, 3).join(' ')} failed:\n${output.slice(-2000)}`,
    'Is PyPI reachable? pip takes its index from its own configuration.',
  );
}
