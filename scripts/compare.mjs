// What a portal says of real Airflow 2 and 3, beside what they say: npm run compare [-- 2] [3].
// Those that do not run are started, and stopped afterwards.
import { onRealAirflows } from './airflow/onRealAirflows.mjs';
import { runToEnd } from './portal/processes.mjs';

process.exitCode = await onRealAirflows(process.argv.slice(2), env =>
  runToEnd('tsx', ['trial/compare/main.ts'], { env }),
);
