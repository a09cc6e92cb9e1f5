// The packages as dynamic plugins, for Red Hat Developer Hub and other portals that load plugins when they start:
// npm run dynamic. Each is a folder and an archive in dist/dynamic; see docs/dynamic-plugins.md.
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { publishedPackages } from './packages/suite.mjs';
import { ARCHIVES } from './packages/pack.mjs';
import { ROOT } from './portal/paths.mjs';
import { must } from './portal/processes.mjs';
import { failWith, say, step } from './portal/report.mjs';

const CLI = '@red-hat-developer-hub/cli@1.9.1';
const DYNAMIC = path.join(ARCHIVES, 'dynamic');
const LOADED = ['frontend-plugin', 'backend-plugin', 'backend-plugin-module'];

try {
  const packages = await publishedPackages();
  const isLoaded = ({ manifest }) => LOADED.includes(manifest.backstage.role);
  // A portal shares no library of ours, so each plugin holds those that it needs.
  const libraries = packages
    .filter(one => !isLoaded(one))
    .map(({ manifest }) => manifest.name);
  await step('Types of the packages', () =>
    run('yarn', ['tsc', '--incremental', 'false'], ROOT),
  );
  await rm(DYNAMIC, { recursive: true, force: true });
  await mkdir(DYNAMIC, { recursive: true });
  for (const one of packages.filter(isLoaded)) {
    const name = path.basename(one.folder);
    await step(`Exporting ${name}`, () => exportOne(one, name, libraries));
  }
  say(`\nThey are in ${path.relative(ROOT, DYNAMIC)}.`);
} catch (error) {
  failWith(error);
}

async function exportOne({ folder, manifest }, name, libraries) {
  const plugin = path.join(ROOT, folder);
  const embedded =
    manifest.backstage.role === 'frontend-plugin'
      ? []
      : ['--embed-package', ...libraries];
  await run(
    'npx',
    ['-y', CLI, 'plugin', 'export', '--clean', ...embedded],
    plugin,
  );
  const target = path.join(DYNAMIC, name);
  await rename(path.join(plugin, 'dist-dynamic'), target);
  await run('npm', ['pack', target, '--pack-destination', DYNAMIC], ROOT);
}

function run(program, args, cwd) {
  return must(program, args, { cwd, hint: `It ran in ${cwd}.` });
}
