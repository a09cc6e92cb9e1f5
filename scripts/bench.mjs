// Figures of the portal, on SQLite and PostgreSQL: npm run bench [-- --smoke] [-- --write FILE].
import { runToEnd } from './portal/processes.mjs';
import { drop, withPostgres } from './postgres/index.mjs';

// As Backstage names the plugin's database after the prefix that bench/PortalUnderTest.ts sets.
const DATABASES = ['fleet_bench_airflow'];

process.exitCode = await withPostgres(async env => {
  await drop(DATABASES);
  let code = 0;
  for (const file of ['bench/fleet.ts', 'bench/log.ts', 'bench/grid.ts']) {
    code ||= await runToEnd('tsx', [file, ...process.argv.slice(2)], {
      env: { ...process.env, ...env },
    });
  }
  await drop(DATABASES);
  return code;
});
