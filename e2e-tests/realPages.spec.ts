import { expect, test, type Page } from '@playwright/test';
import { realNames } from './airflows';
import { expectAccessible } from './axe';
import { lookAt } from './lookAt';
import { pagesOf, Portal, realPlace } from './pages';

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
      const address = pagesOf(realPlace(cluster))[level];
      for (const tab of await tabsOf(page, address, label)) {
        await test.step(tab, () => expectWell(page, tab));
      }
      expect(refusals).toEqual([]);
    });
  }
}

async function expectWell(page: Page, tab: string): Promise<void> {
  await lookAt(page, new URL(tab, page.url()).href, 'light');
  await expect(page.locator('[data-kind="error-panel"]')).toHaveCount(0);
  await expect(page.locator('[data-kind="missing-page"]')).toHaveCount(0);
  await expectAccessible(page);
}

/** The addresses behind the tabs of a page. */
async function tabsOf(
  page: Page,
  address: string,
  label: string,
): Promise<string[]> {
  await lookAt(page, address, 'light');
  const links = page
    .getByRole('navigation', { name: label, exact: true })
    .getByRole('link');
  await expect(links).not.toHaveCount(0);
  return links.evaluateAll(found =>
    found.map(link => link.getAttribute('href') ?? ''),
  );
}
