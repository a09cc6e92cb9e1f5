// Figures of the portal, on SQLite and PostgreSQL: npm run bench [-- --smoke] [-- --write FILE], or some of them by
// name: npm run bench -- heavyReader.
import { ensureBuilt } from './portal/apps.mjs';
import { ensureChromium } from './portal/chromium.mjs';
import { runToEnd } from './portal/processes.mjs';
import { drop, withPostgres } from './postgres/index.mjs';

// As Backstage names the plugin's database after the prefix that bench/PortalUnderTest.ts sets.
const DATABASES = ['fleet_bench_airflow'];

const FILES = {
  fleet: 'fleet.ts',
  history: 'history.ts',
  log: 'log.ts',
  grid: 'grid.ts',
  heavyReader: 'heavyReader.ts',
  hostileAirflow: 'hostileAirflow.ts',
  browser: 'browser/main.ts',
};

const args = process.argv.slice(2);
const named = Object.keys(FILES).filter(name => args.includes(name));
const options = args.filter(arg => !named.includes(arg));

const chromium = await ensureChromium();
await ensureBuilt(['app']);
process.exitCode = await withPostgres(async env => {
  let code = 0;
  for (const name of named.length > 0 ? named : Object.keys(FILES)) {
    await drop(DATABASES);
    code ||= await runToEnd('tsx', [`bench/${FILES[name]}`, ...options], {
      env: { ...process.env, ...env, CHROMIUM: chromium },
    });
  }
  await drop(DATABASES);
  return code;
});
