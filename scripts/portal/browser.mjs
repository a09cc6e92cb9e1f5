// Playwright's projects against the built portal with the sandbox and both real Airflows.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inOne } from '../results.mjs';
import { withBuiltPortal } from './builtPortal.mjs';
import { ensureChromium } from './chromium.mjs';
import { CACHE } from './paths.mjs';
import { runToEnd } from './processes.mjs';

const RESULTS = path.join(CACHE, 'test', 'e2e.json');

/**
 * Runs projects of playwright.config.ts, those of one part beside each other and the parts one after the other, and
 * resolves with the exit code. A part goes on after a failure in the one before.
 */
export async function inBrowser(parts, args) {
  const chromium = await ensureChromium();
  await mkdir(path.dirname(RESULTS), { recursive: true });
  return withBuiltPortal({ majors: [2, 3] }, async url => {
    const env = { ...process.env, PORTAL_URL: url, CHROMIUM: chromium };
    const codes = [];
    const results = [];
    for (const projects of parts) {
      const part = projects.join('-');
      const file = `${RESULTS}.${part}`;
      await rm(file, { force: true });
      const code = await runToEnd(
        'playwright',
        [
          'test',
          // The arguments may choose tests of another part.
          '--pass-with-no-tests',
          ...projects.map(name => `--project=${name}`),
          ...args,
        ],
        { env: { ...env, E2E_PART: part, E2E_RESULTS: file } },
      );
      codes.push(code);
      results.push(JSON.parse(await readFile(file, 'utf8')));
    }
    const all = inOne(results);
    await writeFile(RESULTS, JSON.stringify(all));
    const found = all.stats.expected + all.stats.flaky + all.stats.unexpected;
    return codes.find(code => code !== 0) ?? (found > 0 ? 0 : 1);
  });
}
