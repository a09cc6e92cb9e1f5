import { defineConfig } from '@playwright/test';

/** What happens on a real Airflow and is soon told; most of it is waiting. */
const journey = ['alertJourney.spec.ts'];
/** Watches what a real Airflow writes for a minute, and needs nothing meanwhile. */
const live = ['liveLog.spec.ts'];
/** Looks at the pages of each real Airflow. */
const onEach = ['realAirflow.spec.ts', 'realPages.spec.ts'];
/** Do something to both real Airflows that others would notice, and look at what is delivered. They mostly wait. */
const onBoth = ['brokenFile.spec.ts', 'schedulerStops.spec.ts'];

const eachReal = ['2', '3'].map(major => ({
  // It is searched with the title, so it names no Airflow.
  name: `real-${major}`,
  testMatch: onEach,
  grep: new RegExp(`airflow-${major}`),
  workers: 1,
}));

/** What a browser does with a portal that `npm run test:e2e` or `npm run screenshots` has started. */
export default defineConfig({
  testDir: 'e2e-tests',
  outputDir: `.cache/e2e/results/${process.env.E2E_PART}`,
  // For the many pages that one test may look at on a slow machine; each thing that it expects has its own time.
  timeout: 900_000,
  expect: { timeout: 90_000 },
  // What waits for real Airflow is tried beside what keeps the machine busy: a browser and the portal take two cores.
  workers: 3,
  forbidOnly: Boolean(process.env.CI),
  projects: [
    { name: 'journey', testMatch: journey, workers: 1 },
    { name: 'live', testMatch: live, workers: 2, fullyParallel: true },
    ...eachReal,
    { name: 'both', testMatch: onBoth, workers: 1 },
    {
      name: 'sandbox',
      testMatch: '*.spec.ts',
      testIgnore: [...journey, ...live, ...onEach, ...onBoth],
      workers: 1,
    },
    { name: 'stranger', testMatch: '*.visit.ts', workers: 1 },
    { name: 'screenshots', testMatch: '*.shots.ts', workers: 1 },
  ],
  reporter: [['list'], ['json', { outputFile: process.env.E2E_RESULTS }]],
  use: {
    baseURL: process.env.PORTAL_URL ?? 'http://localhost:7007',
    viewport: { width: 1400, height: 900 },
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    // As long as an expectation, so that what never comes does not take the time of all.
    actionTimeout: 90_000,
    // It takes time with each test, and who reads the gate's output has no trace.
    trace: process.env.CI ? 'off' : 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-software-rasterizer'],
    },
  },
});
