// Installs the browser of tests and screenshots when it is missing: node scripts/run.mjs chromium.
import { ensureChromium } from './portal/chromium.mjs';
import { say } from './portal/report.mjs';

say(`Chromium is at ${await ensureChromium()}.`);
