import { expect, test } from '@playwright/test';
import { expectAccessible } from './axe';
import { everyPage } from './pages';

const names = [
  'overview',
  'dags',
  'clusters',
  'cluster',
  'unreachable-cluster',
  'dag',
  'run',
  'task',
  'missing-dag',
];

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1400, 400]) {
    for (const name of names) {
      test(`${name} is readable by everybody, ${theme} at ${width} px`, async ({
        page,
        request,
      }) => {
        await page.setViewportSize({ width, height: 900 });
        await page.addInitScript(
          chosen => window.localStorage.setItem('theme', chosen),
          theme,
        );
        const pages = await everyPage(request);
        await page.goto(pages[name]);
        const frame = page.locator('[data-kind="airflow-page"]');
        await expect(frame.getByRole('heading').first()).toBeVisible();
        await expect(frame.locator('[data-kind="loading"]')).toHaveCount(0);
        await expectAccessible(page);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
      });
    }
  }
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
