// An hour of trouble for real Airflow 2 and 3, and what a portal tells of it: npm run trouble [-- 2] [3],
// or of a part of it: [runs] [files] [processes] [clocks].
// Those that do not run are started, and stopped afterwards.
import { onRealAirflows } from './airflow/onRealAirflows.mjs';
import { runToEnd } from './portal/processes.mjs';

const args = process.argv.slice(2);
const isVersion = arg => /^\d$/.test(arg);
const parts = args.filter(arg => !isVersion(arg));
process.exitCode = await onRealAirflows(args.filter(isVersion), env =>
  runToEnd('tsx', ['trial/trouble/main.ts', ...parts], { env }),
);
