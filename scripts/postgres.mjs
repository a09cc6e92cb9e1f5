// The backend's tests of its databases, on PostgreSQL: npm run test:postgres [-- jest arguments].
// On SQLite `npm test` runs them.
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE, ROOT } from './portal/paths.mjs';
import { runToEnd } from './portal/processes.mjs';
import { withPostgres } from './postgres/index.mjs';

const BACKEND = path.join(ROOT, 'plugins', 'airflow-backend');
/** A test that runs on whatever database there is asks for it so; every other one would only be run again. */
const ON_EACH = 'eachSupportedId';

const args = process.argv.slice(2);
const results = path.join(CACHE, 'test', 'postgres.json');

await mkdir(path.dirname(results), { recursive: true });
const tests = await testsOnEach();
process.exitCode = await withPostgres(env =>
  runToEnd(
    'backstage-cli',
    [
      'package',
      'test',
      '--watchAll=false',
      // Half of it is waiting for the server; without saying Jest takes one fewer than there are cores.
      '--maxWorkers=2',
      '--json',
      `--outputFile=${results}`,
      ...(args.length > 0 ? args : ['--runTestsByPath', ...tests]),
    ],
    {
      cwd: BACKEND,
      env: {
        ...process.env,
        ...env,
        CI: '1',
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      },
    },
  ),
);

async function testsOnEach() {
  const found = [];
  for (const name of await readdir(path.join(BACKEND, 'src'), {
    recursive: true,
  })) {
    if (!name.endsWith('.test.ts')) continue;
    const file = path.join('src', name);
    const text = await readFile(path.join(BACKEND, file), 'utf8');
    if (text.includes(ON_EACH)) found.push(file);
  }
  return found;
}
