// Playwright's projects against the built portal with the sandbox and both real Airflows.
import { withBuiltPortal } from './builtPortal.mjs';
import { ensureChromium } from './chromium.mjs';
import { runToEnd } from './processes.mjs';

/** Runs one project of playwright.config.ts and resolves with its exit code. */
export async function inBrowser(project, args) {
  const chromium = await ensureChromium();
  return withBuiltPortal({ majors: [2, 3] }, url =>
    runToEnd('playwright', ['test', `--project=${project}`, ...args], {
      env: { ...process.env, PORTAL_URL: url, CHROMIUM: chromium },
    }),
  );
}
