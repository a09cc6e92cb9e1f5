import { test as base, type BrowserContext } from '@playwright/test';

/** Tests whose page is opened anew, while the portal's code is fetched and compiled only with the first. */
export const test = base.extend<object, { reader: BrowserContext }>({
  reader: [
    async ({ browser }, use, { project }) => {
      const { baseURL, viewport, timezoneId, locale } = project.use;
      const reader = await browser.newContext({
        baseURL,
        viewport,
        timezoneId,
        locale,
      });
      await use(reader);
      await reader.close();
    },
    { scope: 'worker' },
  ],
  page: async ({ reader }, use) => {
    const page = await reader.newPage();
    await use(page);
    await page.close();
  },
});
