import { expect, type Page } from '@playwright/test';
import { chooseTheme, expectAccessible, expectColours } from './axe';
import { untilShown } from './lookAt';
import {
  fixedPages,
  pagesOf,
  placePages,
  Portal,
  themes,
  widths,
} from './pages';
import { test } from './reader';

/** Nothing for axe to find, and no scrolling to the side, in each theme and at each width. */
async function expectReadable(page: Page, address: string) {
  await page.goto(address);
  for (const theme of themes) {
    await chooseTheme(page, theme);
    for (const width of widths) {
      await test.step(`${theme} at ${width} px`, async () => {
        await page.setViewportSize({ width, height: 900 });
        await untilShown(page);
        if (theme === 'light') await expectAccessible(page);
        else await expectColours(page);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
      });
    }
  }
}

test.beforeAll(async ({ request }) => {
  await (await Portal.signIn(request)).untilRead(['prod-eu']);
});

for (const [name, address] of Object.entries(fixedPages)) {
  test(`${name} is readable by everybody`, async ({ page }) => {
    await expectReadable(page, address);
  });
}

test('alert is readable by everybody', async ({ page, request }) => {
  const portal = await Portal.signIn(request);
  await expectReadable(page, await portal.demoAlert());
});

for (const name of placePages) {
  test(`${name} is readable by everybody`, async ({ page, request }) => {
    const portal = await Portal.signIn(request);
    await expectReadable(page, pagesOf(await portal.demoPlace())[name]);
  });
}

test('the way from the sidebar to a log can be gone by keyboard', async ({
  page,
}) => {
  await page.goto('/airflow/dags?cluster=prod-eu&lastRunState=failed');
  const link = page
    .locator('[data-kind="dag-row"]')
    .first()
    .getByRole('link')
    .first();
  await link.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-kind="dag-page"]')).toBeVisible();
  await page
    .locator('[data-kind="recent-runs"] [data-kind="dag-run-row"] a')
    .first()
    .focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-kind="run-page"]')).toBeVisible();
  await page.locator('[data-kind="task-row"] a').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-kind="task-log"]')).toBeVisible();
});

test('filters live in the address and survive reload and back', async ({
  page,
}) => {
  await page.goto('/airflow/dags');
  await page.getByRole('searchbox', { name: 'Text' }).fill('orders');
  await expect(page).toHaveURL(/text=orders/);
  const rows = page.locator('[data-kind="dag-row"]');
  await expect(rows.first()).toContainText('orders');
  await page.getByRole('button', { name: /^DAG/ }).click();
  await expect(page).toHaveURL(/sort=displayName/);
  const shown = await rows.count();
  await page.reload();
  await expect(rows).toHaveCount(shown);
  await rows.first().getByRole('link').first().click();
  await expect(page.locator('[data-kind="dag-page"]')).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/text=orders/);
  await expect(rows).toHaveCount(shown);
});
