// Unit tests of all workspaces on SQLite: `npm test [-- jest arguments]`.
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { runToEnd } from './portal/processes.mjs';
import { CACHE } from './portal/paths.mjs';
import { duration, say } from './portal/report.mjs';

const RESULTS = path.join(CACHE, 'test', 'unit.json');

await mkdir(path.dirname(RESULTS), { recursive: true });
await rm(RESULTS, { force: true });
const started = Date.now();
say('› Unit tests of all packages and plugins, databases on SQLite …');
process.exitCode = await runToEnd(
  'backstage-cli',
  [
    'repo',
    'test',
    '--json',
    `--outputFile=${RESULTS}`,
    ...process.argv.slice(2),
  ],
  {
    env: {
      ...process.env,
      CI: '1',
      // Without Docker only SQLite is left, and what BACKSTAGE_TEST_DATABASE_* names.
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
    },
  },
);
await summarize();

async function summarize() {
  const results = await readFile(RESULTS, 'utf8').then(
    JSON.parse,
    () => undefined,
  );
  if (!results) {
    say('✗ The tests did not run to their end.');
    process.exitCode ||= 1;
    return;
  }
  const sign = results.success ? '✓' : '✗';
  say(
    `${sign} ${results.numPassedTests} tests passed, ${results.numFailedTests} failed, ` +
      `in ${results.numTotalTestSuites} files (${duration(
        Date.now() - started,
      )})`,
  );
}
