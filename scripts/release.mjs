// A release: versions and changelogs by changesets, checked archives, a commit and a tag: npm run release.
// `npm run release -- --try` makes the archives and leaves the repository as it was. Nothing is published by either.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { capture, runToEnd } from './portal/processes.mjs';
import { ROOT } from './portal/paths.mjs';
import { FriendlyError, failWith, say } from './portal/report.mjs';
import { withRelease } from './packages/changes.mjs';

const isTrial = process.argv.includes('--try');
const CHANGES = path.join(ROOT, 'CHANGELOG.md');

try {
  await refuseUnsaved();
  await refuseChangedMigrations();
  try {
    await must('yarn', ['changeset', 'version']);
    const version = await versionOf('plugins/airflow');
    const changes = await readFile(CHANGES, 'utf8');
    const today = new Date().toISOString().slice(0, 10);
    await writeFile(CHANGES, withRelease(changes, version, today));
    await must(process.execPath, ['scripts/packages.mjs']);
    if (isTrial) say(`\nThis would be ${version}.`);
    else await keep(version);
  } finally {
    // All that differs by now is of this script.
    if (isTrial) await must('git', ['restore', '--', '.']);
  }
} catch (error) {
  failWith(error);
}

async function keep(version) {
  await must('git', ['commit', '--all', '--message', `Release ${version}`]);
  await must('git', ['tag', '--annotate', `v${version}`, '--message', version]);
  say(`\n✓ Committed and tagged v${version}. To publish it:`);
  say(`    for archive in dist/*.tgz; do npm publish "$archive"; done`);
  say(`    git push --follow-tags`);
}

async function refuseUnsaved() {
  const { output } = await capture('git', ['status', '--porcelain']);
  if (output.trim() === '') return;
  throw new FriendlyError(
    'There are changes that are not committed.',
    'Commit them first, so that the release holds what its tag says.',
  );
}

/** A database that has run a migration never runs it again. */
async function refuseChangedMigrations() {
  const { output: tags } = await capture('git', ['tag', '--list', 'v*']);
  if (tags.trim() === '') return;
  const { output: last } = await capture('git', ['describe', '--abbrev=0']);
  const { output } = await capture('git', [
    'diff',
    '--name-only',
    '--diff-filter=a',
    last.trim(),
    '--',
    'plugins/airflow-backend/migrations',
  ]);
  if (output.trim() === '') return;
  throw new FriendlyError(
    `Migrations that were released with ${last.trim()} are changed:\n${output.trim()}`,
    'Put them back and write what is missing as a new one.',
  );
}

async function versionOf(folder) {
  const file = path.join(ROOT, folder, 'package.json');
  return JSON.parse(await readFile(file, 'utf8')).version;
}

async function must(program, args) {
  const code = await runToEnd(program, args);
  if (code === 0) return;
  throw new FriendlyError(
    `${path.basename(program)} ${args[0]} failed.`,
    'Mend what it says, restore the files (git restore .) and run the command again.',
  );
}
