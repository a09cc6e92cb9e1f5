// Archives of the packages, as a registry or a portal gets them.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { must } from '../portal/processes.mjs';
import { ROOT } from '../portal/paths.mjs';
import { step } from '../portal/report.mjs';
import { withAbsoluteLinks } from './links.mjs';
import { repositoryOf } from './suite.mjs';

/** Where the archives go. */
export const ARCHIVES = path.join(ROOT, 'dist');

/** Builds and packs; says for each package where its archive is. */
export async function pack(packages) {
  await step('Types of the packages', () => run('yarn', ['tsc']));
  await step('Building the packages', () =>
    run('backstage-cli', ['repo', 'build']),
  );
  await rm(ARCHIVES, { recursive: true, force: true });
  await mkdir(ARCHIVES, { recursive: true });
  return step('Packing', async () => {
    const packed = [];
    // One after another: each restores what it changed for its archive.
    for (const one of packages) packed.push(await packOne(one));
    return packed;
  });
}

async function packOne({ folder, manifest }) {
  const archive = path.join(ARCHIVES, `${path.basename(folder)}.tgz`);
  const readme = path.join(ROOT, folder, 'README.md');
  const text = await readFile(readme, 'utf8');
  await writeFile(
    readme,
    withAbsoluteLinks(text, folder, repositoryOf(manifest)),
  );
  try {
    await run('yarn', ['workspace', manifest.name, 'pack', '--out', archive]);
  } finally {
    await writeFile(readme, text);
  }
  return { folder, manifest, archive };
}

function run(program, args) {
  return must(program, args, {
    hint: 'Mend what it says, then run npm run packages again.',
  });
}
