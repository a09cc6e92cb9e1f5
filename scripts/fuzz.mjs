// Asks the portal's API whatever its OpenAPI document allows and forbids, as three people:
// npm run fuzz [-- --smoke | --seconds N]. The first time, Schemathesis comes from PyPI into .cache/fuzz.
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runsOf } from './fuzz/runs.mjs';
import { ensureSchemathesis, runSchemathesis } from './fuzz/schemathesis.mjs';
import { withoutClusters } from './portal/clusters.mjs';
import { requireFreePorts } from './portal/net.mjs';
import { CACHE } from './portal/paths.mjs';
import { ProcessGroup } from './portal/processes.mjs';
import { say, step } from './portal/report.mjs';
import {
  BACKEND_PORT,
  SANDBOX_PORT,
  startBuiltPortal,
  startSandbox,
} from './portal/servers.mjs';

const { values } = parseArgs({
  options: { smoke: { type: 'boolean' }, seconds: { type: 'string' } },
});
/** Of the demo; that it cannot be reached is told with a 503, as is documented. */
const UNREACHABLE = ['research'];

await requireFreePorts({
  [BACKEND_PORT]: 'the portal',
  [SANDBOX_PORT]: 'the sandbox Airflows',
});
await ensureSchemathesis();
const processes = new ProcessGroup();
try {
  const database = path.join(CACHE, 'fuzz', 'database');
  await rm(database, { recursive: true, force: true });
  await mkdir(database, { recursive: true });
  await step('Starting the sandbox Airflows', () => startSandbox(processes));
  // Its pages are not asked for, so they need not be built.
  const env = await withoutClusters(UNREACHABLE);
  await step('Starting the portal', () =>
    startBuiltPortal(processes, env, database),
  );
  const portal = `http://localhost:${BACKEND_PORT}`;
  let requests = 0;
  let failed = 0;
  const ask = async run => {
    const { code, sent } = await runSchemathesis(portal, run);
    requests += sent;
    if (code !== 0) failed += 1;
  };
  const runs = await runsOf(portal, values);
  // It is its asking that takes time, so all ask at once; the gate has one after another, which is the same each time.
  if (values.smoke) for (const run of runs) await ask(run);
  else await Promise.all(runs.map(ask));
  say(`${requests} requests, ${failed} of the runs with findings`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  await processes.stop();
}
