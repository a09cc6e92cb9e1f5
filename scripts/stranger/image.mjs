// The steps of the Dockerfile that `create-app` puts into a portal, in a folder in place of an image.
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { ARCHIVES } from './install.mjs';
import { run } from './releases.mjs';

// What the Dockerfile copies, and the archives as docs/install.md adds them.
const COPIED = [
  '.yarn',
  '.yarnrc.yml',
  'backstage.json',
  'yarn.lock',
  'package.json',
  'examples',
  'app-config.yaml',
  ARCHIVES,
];

/** Builds a portal for production, and installs what its image would hold. */
export async function buildImage(portal, image, env) {
  await run('yarn', ['tsc'], { env, cwd: portal });
  await run('yarn', ['build:backend'], { env, cwd: portal });
  await rm(image, { recursive: true, force: true });
  await mkdir(image, { recursive: true });
  for (const name of COPIED) {
    await cp(path.join(portal, name), path.join(image, name), {
      recursive: true,
    });
  }
  const dist = path.join(portal, 'packages/backend/dist');
  const inImage = { env, cwd: image };
  await run('tar', ['xzf', path.join(dist, 'skeleton.tar.gz')], inImage);
  await run('yarn', ['workspaces', 'focus', '--all', '--production'], inImage);
  await run('tar', ['xzf', path.join(dist, 'bundle.tar.gz')], inImage);
}
