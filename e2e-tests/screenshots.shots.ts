import path from 'node:path';
import { test, type Page } from '@playwright/test';
import { lookAt } from './lookAt';
import {
  fixedPages,
  pagesOf,
  placePages,
  Portal,
  realPlace,
  themes,
  widths,
} from './pages';

const realClusters = ['airflow-2', 'airflow-3'];
const folder = path.join('docs', 'images');
// Files, logs and errors of a real Airflow name folders of the machine, so these are to be looked at and not to be kept.
const unkept = path.join('.cache', 'screenshots');

async function shoot(
  page: Page,
  address: string,
  name: string,
  theme: (typeof themes)[number],
  width: number,
  into = folder,
) {
  await page.setViewportSize({ width, height: width > 500 ? 900 : 860 });
  await lookAt(page, address, theme);
  await page.screenshot({
    path: path.join(into, `${name}-${theme}-${width}.png`),
    animations: 'disabled',
  });
}

test.beforeAll(async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL });
  const portal = await Portal.signIn(request);
  await portal.untilRead(['prod-eu', 'prod-us', 'staging-eu', ...realClusters]);
  await request.dispose();
});

for (const theme of themes) {
  for (const width of widths) {
    for (const [name, address] of Object.entries(fixedPages)) {
      test(`${name}, ${theme} at ${width} px`, async ({ page }) => {
        await shoot(page, address, name, theme, width);
      });
    }
    test(`alert, ${theme} at ${width} px`, async ({ page, request }) => {
      const portal = await Portal.signIn(request);
      await shoot(page, await portal.demoAlert(), 'alert', theme, width);
    });
    for (const name of placePages) {
      test(`${name}, ${theme} at ${width} px`, async ({ page, request }) => {
        const portal = await Portal.signIn(request);
        const address = pagesOf(await portal.demoPlace())[name];
        await shoot(page, address, name, theme, width);
      });
      for (const cluster of realClusters) {
        test(`${name} of ${cluster}, ${theme} at ${width} px`, async ({
          page,
        }) => {
          const address = pagesOf(realPlace(cluster))[name];
          const into = name === 'gantt' ? folder : unkept;
          await shoot(page, address, `${cluster}-${name}`, theme, width, into);
        });
      }
    }
  }
}
