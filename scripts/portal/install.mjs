import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { capture } from './processes.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { FriendlyError, say, step } from './report.mjs';

const STAMP = path.join(ROOT, 'node_modules', '.airflow-fleet-install');
const LOG = path.join(CACHE, 'install.log');

/** Installs what the lockfile names, unless that has been done already. */
export async function ensureInstalled(toolchain) {
  const wanted = await fingerprint();
  const installed = await readFile(STAMP, 'utf8').catch(() => '');
  if (installed === wanted) return;
  const first = !existsSync(path.join(ROOT, 'node_modules'));
  await step(
    `Installing dependencies${
      first ? ' (about two minutes the first time)' : ''
    }`,
    () => install(toolchain),
  );
  await writeFile(STAMP, wanted);
}

async function install({ env }) {
  const { code, output } = await capture('yarn', ['install', '--immutable'], {
    env,
    onLine: line => {
      const stage = /┌ (\w+ step)/.exec(line)?.[1];
      if (stage) say(`  ${stage}`);
    },
  });
  await mkdir(CACHE, { recursive: true });
  await writeFile(LOG, output);
  if (code === 0) return;
  const tail = output.trim().split('\n').slice(-15).join('\n');
  throw new FriendlyError(
    `Installing the dependencies failed:\n${tail}`,
    output.includes('YN0028')
      ? 'yarn.lock does not fit the package.json files. If you changed one, run: node scripts/run.mjs exec yarn install'
      : 'The whole output is in .cache/install.log. Run the same command again to go on where it stopped.',
  );
}

/** Changes when a reinstall is due: manifests, lockfile, Yarn's settings. */
async function fingerprint() {
  const hash = createHash('sha256');
  for (const file of [
    'package.json',
    'yarn.lock',
    '.yarnrc.yml',
    ...(await manifests()),
  ]) {
    hash.update(file).update(await readFile(path.join(ROOT, file)));
  }
  return hash.digest('hex');
}

async function manifests() {
  const found = [];
  for (const folder of ['packages', 'plugins']) {
    const entries = await readdir(path.join(ROOT, folder));
    for (const entry of entries.sort()) {
      const manifest = path.join(folder, entry, 'package.json');
      if (existsSync(path.join(ROOT, manifest))) found.push(manifest);
    }
  }
  return found;
}
