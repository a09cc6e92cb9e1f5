// The example apps as they are built for production.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE, ROOT } from './paths.mjs';
import { capture } from './processes.mjs';
import { FriendlyError, step } from './report.mjs';

// Without a backend that gives an app its configuration, the one of its build holds.
const CONFIG = ['app-config.yaml', 'app-config.e2e.yaml'];
const SOURCES = [...CONFIG, 'yarn.lock', 'packages', 'plugins'];

/** Builds each of the apps, unless that has been done from the same sources. */
export async function ensureBuilt(apps) {
  const wanted = await fingerprint();
  for (const app of apps) {
    const stamp = path.join(CACHE, 'built', app);
    const built = await readFile(stamp, 'utf8').catch(() => '');
    const dist = path.join(ROOT, 'packages', app, 'dist', 'index.html');
    if (built === wanted && existsSync(dist)) continue;
    await rm(stamp, { force: true });
    await step(`Building packages/${app}`, () => build(app));
    await mkdir(path.dirname(stamp), { recursive: true });
    await writeFile(stamp, wanted);
  }
}

async function build(app) {
  const config = CONFIG.flatMap(file => ['--config', path.join(ROOT, file)]);
  const { code, output } = await capture('yarn', [
    'workspace',
    app,
    'build',
    ...config,
  ]);
  if (code === 0) return;
  throw new FriendlyError(
    `packages/${app} could not be built:\n${output.slice(-2000)}`,
    `yarn workspace ${app} build says more.`,
  );
}

/** Changes with any file that git has or would take. */
async function fingerprint() {
  const { code, output } = await capture('git', [
    '-c',
    'core.quotePath=false',
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    ...SOURCES,
  ]);
  // Without git nothing is known to be the same.
  if (code !== 0) return String(Date.now());
  const hash = createHash('sha256');
  for (const file of output.trim().split('\n')) {
    const content = await readFile(path.join(ROOT, file)).catch(() => '');
    hash.update(`${file}\n`).update(content);
  }
  return hash.digest('hex');
}
