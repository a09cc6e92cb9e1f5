// The contract suite against real Airflows: npm run test:contract [-- 2] [3] [jest arguments].
// Those that do not run are started, and stopped afterwards.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { down, isUp, startRuns, up, urlOf } from './airflow/index.mjs';
import { VERSIONS } from './airflow/versions.mjs';
import { CACHE, ROOT } from './portal/paths.mjs';
import { runToEnd } from './portal/processes.mjs';

const args = process.argv.slice(2);
const named = Object.keys(VERSIONS).filter(major => args.includes(major));
const majors = named.length > 0 ? named.map(Number) : [2, 3];
const results = path.join(CACHE, 'test', 'contract.json');

const started = [];
for (const major of majors) if (!(await isUp(major))) started.push(major);
await up(majors);
await startRuns(majors);
await mkdir(path.dirname(results), { recursive: true });
try {
  process.exitCode = await runToEnd(
    'backstage-cli',
    [
      'package',
      'test',
      '--watchAll=false',
      '--runInBand',
      '--testMatch=**/real.contract.ts',
      '--json',
      `--outputFile=${results}`,
      ...args.filter(arg => !named.includes(arg)),
    ],
    {
      cwd: path.join(ROOT, 'plugins', 'airflow-backend'),
      env: {
        ...process.env,
        CI: '1',
        ...Object.fromEntries(
          majors.map(major => [
            `AIRFLOW_FLEET_CONTRACT_${major}`,
            urlOf(VERSIONS[major]),
          ]),
        ),
      },
    },
  );
} finally {
  if (started.length > 0) await down(started);
}
