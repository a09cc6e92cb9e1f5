// A simulated month of two Airflows with troubles planted at random, and what a portal tells of it:
// npm run month [-- --days N] [-- --seed N] [-- --from DAY] [-- --to DAY] [-- --smoke].
import { runToEnd } from './portal/processes.mjs';

process.exitCode = await runToEnd(
  'tsx',
  ['trial/month/main.ts', ...process.argv.slice(2)],
  { env: process.env },
);
