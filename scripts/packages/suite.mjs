// The packages that are published.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../portal/paths.mjs';

/** Every package that is not private, with its folder in the repository and its manifest. */
export async function publishedPackages() {
  const found = [];
  for (const name of await readdir(path.join(ROOT, 'plugins'))) {
    const folder = path.posix.join('plugins', name);
    const manifest = JSON.parse(
      await readFile(path.join(ROOT, folder, 'package.json'), 'utf8'),
    );
    if (!manifest.private) found.push({ folder, manifest });
  }
  return found;
}

/** The address of a package's repository for people, as its manifest has it. */
export function repositoryOf({ repository }) {
  return repository?.url?.replace(/^git\+/, '').replace(/\.git$/, '');
}
