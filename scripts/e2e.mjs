// Browser tests on the sandbox and on real Airflow 2 and 3: npm run test:e2e [-- playwright arguments].
import { inBrowser } from './portal/browser.mjs';

process.exitCode = await inBrowser(
  [
    ['journey', 'live'],
    ['both', 'sandbox'],
    ['real-2', 'real-3'],
  ],
  process.argv.slice(2),
);
