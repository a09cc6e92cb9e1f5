// Browser tests on the sandbox and on real Airflow 2 and 3: npm run test:e2e [-- playwright arguments].
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { withBuiltPortal } from './portal/builtPortal.mjs';
import { ensureChromium } from './portal/chromium.mjs';
import { CACHE } from './portal/paths.mjs';
import { runToEnd } from './portal/processes.mjs';

const chromium = await ensureChromium();
await mkdir(path.join(CACHE, 'test'), { recursive: true });
process.exitCode = await withBuiltPortal({ majors: [2, 3] }, url =>
  runToEnd('playwright', ['test', ...process.argv.slice(2)], {
    env: { ...process.env, PORTAL_URL: url, CHROMIUM: chromium },
  }),
);
