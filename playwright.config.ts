import { defineConfig } from '@playwright/test';

/** What a browser does with a portal that `npm run test:e2e` or `npm run screenshots` has started. */
export default defineConfig({
  testDir: 'e2e-tests',
  outputDir: '.cache/e2e/results',
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // One portal and its Airflows, on two cores.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  projects: [
    { name: 'journeys', testMatch: '*.spec.ts' },
    { name: 'screenshots', testMatch: '*.shots.ts' },
  ],
  reporter: [['list'], ['json', { outputFile: '.cache/test/e2e.json' }]],
  use: {
    baseURL: process.env.PORTAL_URL ?? 'http://localhost:7007',
    viewport: { width: 1400, height: 900 },
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: ['--no-sandbox'],
    },
  },
});
