// Kills the portal while it tells of alerts, and counts what was lost or told twice, on
// SQLite and on PostgreSQL with two processes: npm run kill9 [-- --rounds N] [-- --smoke].
import { runToEnd } from './portal/processes.mjs';
import { drop, withPostgres } from './postgres/index.mjs';

// As Backstage names the plugin's database after the prefix that bench/kill9/main.ts sets.
const DATABASES = ['fleet_kill9_airflow'];

process.exitCode = await withPostgres(async env => {
  await drop(DATABASES);
  const code = await runToEnd(
    'tsx',
    ['bench/kill9/main.ts', ...process.argv.slice(2)],
    {
      env: { ...process.env, ...env },
    },
  );
  await drop(DATABASES);
  return code;
});
