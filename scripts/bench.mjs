// Figures of the portal, on SQLite and PostgreSQL: npm run bench [-- --smoke] [-- --write FILE].
import { runToEnd } from './portal/processes.mjs';
import { drop, withPostgres } from './postgres/index.mjs';

// As Backstage names the plugin's database after the prefix that bench/PortalUnderTest.ts sets.
const DATABASES = ['fleet_bench_airflow'];

process.exitCode = await withPostgres(async env => {
  await drop(DATABASES);
  const code = await runToEnd(
    'tsx',
    ['bench/fleet.ts', ...process.argv.slice(2)],
    {
      env: { ...process.env, ...env },
    },
  );
  await drop(DATABASES);
  return code;
});
