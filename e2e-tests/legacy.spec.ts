import { expect, test, type Page } from '@playwright/test';
import { expectAccessible, expectAccessibleInEachTheme } from './axe';
import { become } from './become';
import { withLegacyApp } from './legacyApp';
import { open } from './lookAt';
import { fixedPages, Portal } from './pages';

test.beforeEach(({ page }) => withLegacyApp(page));

test('the old frontend system shows the same', async ({ page, request }) => {
  const portal = await Portal.signIn(request);
  await portal.untilRead(['prod-eu']);
  // Whose team has a critical alert.
  await become(page, 'grace');

  await test.step('the cards of an entity, and its tab', async () => {
    await open(page, fixedPages['entity-cards']);
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
    await expectAccessibleInEachTheme(page);
    await page.getByRole('tab', { name: 'Airflow' }).click();
    const tab = page.locator('[data-kind="entity-airflow"]');
    await expect(tab.locator('[data-kind="entity-dags"]')).toContainText(
      'load_orders',
    );
    await expectAccessibleInEachTheme(page);
  });

  await test.step('the sidebar counts critical alerts, and leads to the DAGs', async () => {
    const item = page.getByRole('link', { name: /^Airflow, \d+ critical/ });
    await expect(item.locator('[data-kind="alert-badge"]')).toHaveText(/\d/);
    await item.click();
    await page.locator('[data-kind="tab-dags"]').click();
    await expect(page.locator('[data-kind="dag-row"]').first()).toBeVisible();
    await expectAccessibleInEachTheme(page);
  });

  await test.step('alerts, and one of them', async () => {
    await open(page, fixedPages.alerts);
    await expectAccessibleInEachTheme(page);
    await open(page, await portal.demoAlert());
    await expectAccessibleInEachTheme(page);
  });

  await test.step('a DAG among what search finds', async () => {
    await open(page, fixedPages.search);
    await expectAccessibleInEachTheme(page);
    await page
      .locator('[data-kind="airflow-search-result"]')
      .getByRole('link', { name: /load_orders/ })
      .first()
      .click();
    await expect(page.locator('[data-kind="dag-page"]')).toBeVisible();
    await expectWholeWidth(page);
  });
});

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
  await open(other, address);
  const status = other.locator('[data-kind="alert-status"]').first();
  await expect(status).toHaveText(/firing/);

  await open(page, address);
  await page.locator('[data-kind="alert-acknowledge"]').click();
  const dialog = page.getByRole('dialog');
  await expectAccessible(page, '[role="dialog"]');
  await dialog.getByRole('textbox', { name: 'Note' }).fill('A test');
  await dialog.locator('[data-kind="alert-acknowledge-submit"]').click();
  // Without signals it would be seen after a minute.
  await expect(status).toHaveText(/acknowledged/, { timeout: 10_000 });
});
