// The contract suite against real Airflows: npm run test:contract [-- 2] [3] [jest arguments].
// Those that do not run are started, and stopped afterwards.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { onRealAirflows } from './airflow/onRealAirflows.mjs';
import { VERSIONS } from './airflow/versions.mjs';
import { CACHE, ROOT } from './portal/paths.mjs';
import { runToEnd } from './portal/processes.mjs';

const args = process.argv.slice(2);
const results = path.join(CACHE, 'test', 'contract.json');

await mkdir(path.dirname(results), { recursive: true });
process.exitCode = await onRealAirflows(args, env =>
  runToEnd(
    'backstage-cli',
    [
      'package',
      'test',
      '--watchAll=false',
      '--runInBand',
      '--testMatch=**/real.contract.ts',
      '--json',
      `--outputFile=${results}`,
      ...args.filter(arg => !(arg in VERSIONS)),
    ],
    {
      cwd: path.join(ROOT, 'plugins', 'airflow-backend'),
      env: { ...env, CI: '1' },
    },
  ),
);
