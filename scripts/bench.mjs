// Figures of the portal, on SQLite and PostgreSQL: npm run bench [-- --smoke] [-- --write FILE].
import { ensureBuilt } from './portal/apps.mjs';
import { ensureChromium } from './portal/chromium.mjs';
import { runToEnd } from './portal/processes.mjs';
import { drop, withPostgres } from './postgres/index.mjs';

// As Backstage names the plugin's database after the prefix that bench/PortalUnderTest.ts sets.
const DATABASES = ['fleet_bench_airflow'];

const FILES = [
  'fleet.ts',
  'history.ts',
  'log.ts',
  'grid.ts',
  'heavyReader.ts',
  'hostileAirflow.ts',
  'browser/main.ts',
];

const chromium = await ensureChromium();
await ensureBuilt(['app']);
process.exitCode = await withPostgres(async env => {
  let code = 0;
  for (const file of FILES) {
    await drop(DATABASES);
    code ||= await runToEnd(
      'tsx',
      [`bench/${file}`, ...process.argv.slice(2)],
      {
        env: { ...process.env, ...env, CHROMIUM: chromium },
      },
    );
  }
  await drop(DATABASES);
  return code;
});
