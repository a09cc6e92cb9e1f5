import { expect, type Locator, type Page } from '@playwright/test';
import { realNames } from './airflows';
import { expectAccessible } from './axe';
import { open, untilShown } from './lookAt';
import { pagesOf, Portal, realPlace } from './pages';
import { test } from './reader';

const levels = [
  ['cluster', 'Cluster'],
  ['dag', 'DAG'],
  ['run', 'Run'],
  ['task', 'Task'],
] as const;

/** Every tab of every page, as each real Airflow fills it. */
for (const cluster of realNames) {
  for (const [level, label] of levels) {
    test(`every tab of the ${level} page of ${cluster} shows what it is for`, async ({
      page,
      request,
    }) => {
      const portal = await Portal.signIn(request);
      await portal.untilRead([cluster]);
      const refusals: string[] = [];
      page.on('response', response => {
        if (!response.url().includes('/api/airflow/') || response.ok()) return;
        refusals.push(`${response.status()} ${response.url()}`);
      });
      await open(page, pagesOf(realPlace(cluster))[level]);
      const tabs = page
        .getByRole('navigation', { name: label, exact: true })
        .getByRole('link');
      await expect(tabs).not.toHaveCount(0);
      const found = await tabs.all();
      for (const tab of found) {
        await test.step((await tab.textContent()) ?? '', () =>
          expectWell(page, tab),
        );
      }
      await test.step('and by its address', async () => {
        await page.reload();
        await expectOpen(page, found[found.length - 1]);
      });
      expect(refusals).toEqual([]);
    });
  }
}

async function expectWell(page: Page, tab: Locator): Promise<void> {
  await tab.click();
  await expectOpen(page, tab);
  await expectAccessible(page);
}

async function expectOpen(page: Page, tab: Locator): Promise<void> {
  await expect(tab).toHaveAttribute('aria-current', 'page');
  await untilShown(page);
  await expect(page.locator('[data-kind="error-panel"]')).toHaveCount(0);
  await expect(page.locator('[data-kind="missing-page"]')).toHaveCount(0);
}
