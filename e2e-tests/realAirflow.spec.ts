import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './axe';

/** What a data engineer does on a night on call, on each real Airflow. */
for (const cluster of ['airflow-2', 'airflow-3']) {
  test(`from a failed DAG of ${cluster} to its log, then trigger, pause and unpause`, async ({
    page,
  }) => {
    await test.step('find the failed DAG in the list', async () => {
      await page.goto(`/airflow/clusters/${cluster}`);
      await page.getByRole('button', { name: 'Read again now' }).click();
      await expect(page.locator('[data-kind="cluster-status"]')).toContainText(
        /healthy|degraded/,
      );
      await expectAccessible(page);
      await page
        .getByRole('navigation', { name: 'Airflow', exact: true })
        .getByRole('link', { name: 'DAGs', exact: true })
        .click();
      await page.getByRole('searchbox', { name: 'Text' }).fill('orders_broken');
      const row = page.locator(
        `[data-kind="dag-row"][data-cluster="${cluster}"][data-dag="orders_broken"]`,
      );
      await expect(row).toContainText('failed');
      await expect(page).toHaveURL(/text=orders_broken/);
      await expectAccessible(page);
      await row
        .getByRole('link', { name: 'orders_broken', exact: true })
        .click();
    });

    await test.step('open the failed run', async () => {
      await expect(page.locator('[data-kind="dag-page"]')).toBeVisible();
      const run = page
        .locator('[data-kind="recent-runs"] [data-kind="dag-run-row"]')
        .filter({ hasText: 'example' });
      await expect(run.locator('[data-kind="task-count"]')).not.toHaveCount(0);
      await expectAccessible(page);
      await run.getByRole('link', { name: 'example' }).click();
      await expect(page.locator('[data-kind="run-state"]')).toContainText(
        'failed',
      );
      await expect(page.locator('[data-kind="first-failure"]')).toContainText(
        'load',
      );
      await expectAccessible(page);
    });

    await test.step('read the traceback in its log', async () => {
      await page.getByRole('link', { name: 'Read its log' }).click();
      const log = page.locator('[data-kind="task-log"]');
      await expect(
        log.locator('[data-kind="log-line"][data-level="error"]').first(),
      ).toBeVisible();
      await page
        .getByRole('searchbox', { name: 'Search' })
        .fill('WarehouseError:');
      await expect(log.locator('mark').first()).toHaveText(/WarehouseError:/i);
      await expectAccessible(page);
    });

    await test.step('trigger a DAG with conf and see the run succeed', async () => {
      await page.goto(`/airflow/clusters/${cluster}/dags/hello_world`);
      await page.locator('[data-kind="trigger-button"]').click();
      const dialog = page.getByRole('dialog');
      await dialog
        .getByRole('textbox', { name: /Configuration/ })
        .fill('{"a": }');
      await expect(dialog.getByRole('alert')).toContainText('not JSON');
      await dialog
        .getByRole('textbox', { name: /Configuration/ })
        .fill('{"asked": "by the browser test"}');
      await dialog.locator('[data-kind="trigger-submit"]').click();
      await expect(page.locator('[data-kind="run-page"]')).toBeVisible();
      await page.locator('[data-kind="tab-conf"]').click();
      await expect(page.locator('[data-kind="run-conf"]')).toContainText(
        'by the browser test',
      );
      await expect(page.locator('[data-kind="run-state"]')).toContainText(
        'success',
        { timeout: 120_000 },
      );
    });

    await test.step('pause and unpause it', async () => {
      await page.goto(`/airflow/clusters/${cluster}/dags/hello_world`);
      await toggled(page, true);
      await page.reload();
      await toggled(page, false);
    });
  });
}

/** Flips the switch and waits until Airflow has done it. */
async function toggled(page: Page, paused: boolean): Promise<void> {
  const pause = page.locator('[data-kind="pause-switch"]');
  await expect(pause).toHaveAttribute('data-paused', String(!paused));
  const answer = page.waitForResponse(
    response => response.request().method() === 'PATCH',
  );
  await pause.locator('label').click();
  expect((await answer).status()).toBe(200);
  await expect(pause).toHaveAttribute('data-paused', String(paused));
  await expect(pause.getByRole('switch')).toBeEnabled();
}
