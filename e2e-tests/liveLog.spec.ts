import { expect, test, type Page } from '@playwright/test';
import { AIRFLOW_TAKES_MS, Airflow, realNames } from './airflows';
import { expectAccessible } from './axe';
import { Portal } from './pages';

/** Its task counts a shelf a second, in a few lines each. */
const counting = { dagId: 'stock_count', taskId: 'count', shelves: 75 };

for (const cluster of realNames) {
  test(`a log of ${cluster} is watched while it is written`, async ({
    page,
    request,
  }) => {
    const { dagId, taskId, shelves } = counting;
    const runId = `watched-${Date.now()}`;
    const airflow = await Airflow.signIn(request, cluster);
    await (await Portal.signIn(request)).untilRead([cluster]);
    const dag = `/airflow/clusters/${cluster}/dags/${dagId}`;
    await test.step('the portal has started before the task does', async () => {
      await page.goto(dag);
      await expect(page.locator('[data-kind="dag-page"]')).toBeVisible();
    });
    await airflow.trigger(dagId, runId);
    await page.goto(`${dag}/runs/${runId}/tasks/${taskId}`);

    await test.step('the page waits for the task and comes to its log', () =>
      expectShelf(page, 1));
    await test.step('it follows the end', async () => {
      await expect(follow(page)).toBeChecked();
      const seen = await lastShelf(page);
      await expect.poll(() => lastShelf(page)).toBeGreaterThan(seen + 2);
      await expectAccessible(page);
    });
    await test.step('who goes back is left where they read', async () => {
      // Less than a line above the end is still the end.
      await expect.poll(() => scrolled(page)).toBeGreaterThan(100);
      await page.locator('[data-kind="log-lines"]').hover();
      await page.mouse.wheel(0, -10_000);
      await expect(follow(page)).not.toBeChecked();
      expect(await scrolled(page)).toBe(0);
    });
    await test.step('who wants to follow again does', async () => {
      await page.locator('[data-kind="log-follow"]').click();
      await expect(follow(page)).toBeChecked();
      await expect.poll(() => scrolled(page)).toBeGreaterThan(0);
    });
    await test.step('the end comes without a reload, and nothing twice', async () => {
      await expect(page.locator('[data-kind="task-state"]')).toContainText(
        'success',
        { timeout: AIRFLOW_TAKES_MS },
      );
      await expectShelf(page, shelves);
      await expect(page.locator('[data-kind="log-follow"]')).toHaveCount(0);
      await page.getByRole('searchbox', { name: 'Search' }).fill('counted');
      await expect(page.locator('[data-kind="log-hits"]')).toHaveText(
        `1 of ${shelves}`,
      );
    });

    await airflow.deleteRun(dagId, runId);
  });
}

const follow = (page: Page) => page.getByRole('switch', { name: 'follow' });

const lines = (page: Page) =>
  page.locator('[data-kind="log-lines"]').getByText(/shelf \d+ of/);

async function expectShelf(page: Page, shelf: number): Promise<void> {
  await expect(
    page.locator('[data-kind="log-lines"]').getByText(`shelf ${shelf} of`),
  ).toBeVisible({ timeout: AIRFLOW_TAKES_MS });
}

/** The last one that can be seen. */
async function lastShelf(page: Page): Promise<number> {
  const texts = await lines(page).allInnerTexts();
  return Number(/shelf (\d+)/.exec(texts.at(-1) ?? '')?.[1] ?? 0);
}

/** How far the log is scrolled, in pixels. */
const scrolled = (page: Page) =>
  page.locator('[data-kind="log-lines"]').evaluate(frame => frame.scrollTop);
