// Portals as `create-app` made them in each release, with the packages of that time.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { capture, must } from '../portal/processes.mjs';

/**
 * By release: the `create-app` that made portals of it, and the day up to which packages were published that such a
 * portal got. The template is as old for the newest release; its packages are moved to the newest there are.
 */
export const RELEASES = {
  // A registry that keeps few versions may have no e-mail module that is older than the next release.
  1.54: { createApp: '0.9.1', until: '2026-09-10', mailsUntil: '2026-09-24' },
  1.55: { createApp: '0.9.2', until: '2026-09-24' },
  newest: { createApp: '0.9.2' },
};

const MANIFESTS = [
  'package.json',
  'packages/app/package.json',
  'packages/backend/package.json',
];

/** A portal with its lockfile, and nothing installed yet. */
export async function createPortal({ release, frontend, folder, env }) {
  const { createApp, until } = RELEASES[release];
  await run(
    'sh',
    [
      '-c',
      `echo portal | npx -y @backstage/create-app@${createApp} --skip-install --path "$1" ${
        frontend === 'legacy' ? '--legacy' : ''
      }`,
      'sh',
      folder,
    ],
    { env, cwd: path.dirname(folder) },
  );
  if (!until) await moveToNewest(folder, env);
  await takeBuiltSqlite(folder);
  await run('yarn', ['install', '--mode=update-lockfile'], {
    env: { ...env, ...ofItsTime(release) },
    cwd: folder,
  });
}

/** With it Yarn takes what there was when the release was new. */
function ofItsTime(release) {
  return publishedUntil(RELEASES[release].until);
}

/** The same for the e-mail module, which comes with what it needs. */
export function mailsOfItsTime(release) {
  const { until, mailsUntil = until } = RELEASES[release];
  return publishedUntil(mailsUntil);
}

function publishedUntil(until) {
  if (!until) return {};
  const minutes = Math.round((Date.now() - Date.parse(until)) / 60_000);
  return {
    YARN_NPM_MINIMAL_AGE_GATE: String(minutes),
    YARN_NPM_PREAPPROVED_PACKAGES: 'better-sqlite3',
  };
}

async function moveToNewest(folder, env) {
  for (const manifest of MANIFESTS) {
    const file = path.join(folder, manifest);
    const content = JSON.parse(await readFile(file, 'utf8'));
    for (const section of ['dependencies', 'devDependencies']) {
      const named = content[section] ?? {};
      for (const name of Object.keys(named)) {
        if (name.startsWith('@backstage/'))
          named[name] = `^${await newestOf(name, env)}`;
      }
      // As the CLI of 1.57 asks.
      if (named.typescript) named.typescript = '~5.9.0';
    }
    await writeFile(file, JSON.stringify(content, null, 2));
  }
}

/** Its 12 fetches or compiles a binary; from 13 on the package holds one for each platform. */
async function takeBuiltSqlite(folder) {
  const file = path.join(folder, 'packages/backend/package.json');
  const content = JSON.parse(await readFile(file, 'utf8'));
  content.dependencies['better-sqlite3'] = '^13.2.0';
  await writeFile(file, JSON.stringify(content, null, 2));
}

async function newestOf(name, env) {
  const { output } = await capture('npm', ['view', name, 'version'], { env });
  return output.trim();
}

/** Runs a program of the portal. */
export function run(program, args, { env, cwd }) {
  return must(program, args, { env, cwd, hint: `It ran in ${cwd}.` });
}
