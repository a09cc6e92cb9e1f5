// The backend's tests with PostgreSQL beside SQLite: npm run test:postgres [-- jest arguments].
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { CACHE, ROOT } from './portal/paths.mjs';
import { runToEnd } from './portal/processes.mjs';
import { withPostgres } from './postgres/index.mjs';

const results = path.join(CACHE, 'test', 'postgres.json');

await mkdir(path.dirname(results), { recursive: true });
process.exitCode = await withPostgres(env =>
  runToEnd(
    'backstage-cli',
    [
      'package',
      'test',
      '--watchAll=false',
      '--json',
      `--outputFile=${results}`,
      ...process.argv.slice(2),
    ],
    {
      cwd: path.join(ROOT, 'plugins', 'airflow-backend'),
      env: {
        ...process.env,
        ...env,
        CI: '1',
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      },
    },
  ),
);
