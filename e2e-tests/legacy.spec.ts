import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { become } from './become';
import { withLegacyApp } from './legacyApp';
import { lookAt } from './lookAt';
import { fixedPages, Portal, themes } from './pages';

test.beforeEach(({ page }) => withLegacyApp(page));

for (const theme of themes) {
  test(`the old frontend system shows the same, ${theme}`, async ({
    page,
    request,
  }) => {
    const portal = await Portal.signIn(request);
    await portal.untilRead(['prod-eu']);
    // Whose team has a critical alert.
    await become(page, 'grace');

    await test.step('the cards of an entity, and its tab', async () => {
      await lookAt(page, fixedPages['entity-cards'], theme);
      for (const card of ['status', 'alerts', 'next-runs']) {
        await expect(
          page.locator(`[data-kind="entity-${card}-card"]`),
        ).toBeVisible();
      }
      // The newest stand first, and those of real Airflow may be newer.
      await expect(
        page
          .locator('[data-kind="entity-alert"]')
          .filter({ hasText: 'load_orders' }),
      ).not.toHaveCount(0);
      await expectAccessible(page);
      await page.getByRole('tab', { name: 'Airflow' }).click();
      const tab = page.locator('[data-kind="entity-airflow"]');
      await expect(tab.locator('[data-kind="entity-dags"]')).toContainText(
        'load_orders',
      );
      await expectAccessible(page);
    });

    await test.step('the sidebar counts critical alerts, and leads to the DAGs', async () => {
      const item = page.getByRole('link', { name: /^Airflow, \d+ critical/ });
      await expect(item.locator('[data-kind="alert-badge"]')).toHaveText(/\d/);
      await item.click();
      await page.locator('[data-kind="tab-dags"]').click();
      await expect(page.locator('[data-kind="dag-row"]').first()).toBeVisible();
      await expectAccessible(page);
    });

    await test.step('alerts, and one of them', async () => {
      await lookAt(page, fixedPages.alerts, theme);
      await expectAccessible(page);
      await lookAt(page, await portal.demoAlert(), theme);
      await expectAccessible(page);
    });

    await test.step('a DAG among what search finds', async () => {
      await lookAt(page, fixedPages.search, theme);
      await expectAccessible(page);
      await page
        .locator('[data-kind="airflow-search-result"]')
        .getByRole('link', { name: /load_orders/ })
        .first()
        .click();
      await expect(page.locator('[data-kind="dag-page"]')).toBeVisible();
      await expectWholeWidth(page);
    });
  });
}

/** The page of the old system is a grid with columns beside the content. */
async function expectWholeWidth(page: Page) {
  const share = await page
    .locator('[data-kind="airflow-page"]')
    .evaluate(
      element =>
        element.clientWidth / (element.closest('main')?.clientWidth ?? 0),
    );
  expect(share).toBeGreaterThan(0.95);
}

test('what one reader does to an alert is seen by another at once', async ({
  page,
  request,
  context,
}) => {
  const portal = await Portal.signIn(request);
  await portal.untilRead(['prod-eu']);
  const address = await portal.demoAlert();
  const other = await context.newPage();
  await withLegacyApp(other);
  await lookAt(other, address, 'light');
  const status = other.locator('[data-kind="alert-status"]').first();
  await expect(status).toHaveText(/firing/);

  await lookAt(page, address, 'dark');
  await page.locator('[data-kind="alert-acknowledge"]').click();
  const dialog = page.getByRole('dialog');
  await expectAccessible(page, '[role="dialog"]');
  await dialog.locator('[data-kind="alert-acknowledge-submit"]').click();
  // Without signals it would be seen after a minute.
  await expect(status).toHaveText(/acknowledged/, { timeout: 10_000 });
});
