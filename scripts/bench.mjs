// Figures of the portal, on SQLite and PostgreSQL: npm run bench [-- --smoke] [-- --write FILE], or some of them by
// name: npm run bench -- heavyReader. Those of large fleets alone: npm run bench -- --scale [--shape M,L].
import { ensureBuilt } from './portal/apps.mjs';
import { ensureChromium } from './portal/chromium.mjs';
import { runToEnd } from './portal/processes.mjs';
import { duration, say } from './portal/report.mjs';
import { drop, namesOf, withPostgres } from './postgres/index.mjs';

// What benchmarks put before the names of their databases.
const PREFIX = 'fleet_bench_';

const FILES = {
  fleet: 'fleet.ts',
  history: 'history.ts',
  log: 'log.ts',
  grid: 'grid.ts',
  heavyReader: 'heavyReader.ts',
  hostileAirflow: 'hostileAirflow.ts',
  browser: 'browser/main.ts',
  scale: 'scale.ts',
};

const args = process.argv.slice(2);
const named = Object.keys(FILES).filter(
  name => args.includes(name) || args.includes(`--${name}`),
);
const options = args.filter(arg => !(arg in FILES));
// Large fleets take longer than all the others, but for the smallest.
const unnamed = Object.keys(FILES).filter(
  name => name !== 'scale' || args.includes('--smoke'),
);

const chromium = await ensureChromium();
await ensureBuilt(['app']);
process.exitCode = await withPostgres(async env => {
  let code = 0;
  for (const name of named.length > 0 ? named : unnamed) {
    await drop(await namesOf(PREFIX));
    const from = Date.now();
    code ||= await runToEnd('tsx', [`bench/${FILES[name]}`, ...options], {
      env: { ...process.env, ...env, CHROMIUM: chromium },
    });
    say(`› ${name} took ${duration(Date.now() - from)}`);
  }
  await drop(await namesOf(PREFIX));
  return code;
});
