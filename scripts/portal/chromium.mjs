// The browser of tests and screenshots: the machine's own, or Debian's package.
import { access } from 'node:fs/promises';
import { capture } from './processes.mjs';
import { FriendlyError, step } from './report.mjs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

async function find() {
  for (const place of [process.env.CHROMIUM, ...PLACES]) {
    if (
      place &&
      (await access(place).then(
        () => true,
        () => false,
      ))
    )
      return place;
  }
  return undefined;
}

/** Where Chromium is; installed from Debian's packages when it is missing and may be. */
export async function ensureChromium() {
  const present = await find();
  if (present) return present;
  if (process.getuid?.() === 0) {
    await step('Installing Chromium from Debian', async () => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      await capture('apt-get', ['update', '-q'], { env });
      await capture(
        'apt-get',
        [
          'install',
          '-y',
          '-q',
          '--no-install-recommends',
          'chromium',
          'fonts-dejavu-core',
        ],
        { env },
      );
    });
    const installed = await find();
    if (installed) return installed;
  }
  throw new FriendlyError(
    'No Chromium was found.',
    'Install it (`apt-get install chromium`), or say where it is: CHROMIUM=/path/to/chromium',
  );
}
