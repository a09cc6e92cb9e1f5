import { expect, test } from '@playwright/test';
import { expectAccessibleInEachTheme } from './axe';
import { become } from './become';
import { open } from './lookAt';
import { Portal } from './pages';

// It is paused, so that no run of it keeps it from being deleted.
const [cluster, dagId] = ['prod-us', 'old_export'];
const address = `/airflow/clusters/${cluster}/dags/${dagId}`;

test('a DAG that is deleted in Airflow is shown as it was stored', async ({
  page,
  request,
}) => {
  const portal = await Portal.signIn(request, 'ada');
  await portal.untilRead([cluster]);
  await become(page, 'ada');
  await open(page, address);

  await test.step('it is deleted once its id is given', async () => {
    await page.locator('[data-kind="dag-menu"]').click();
    await page.getByRole('menuitem', { name: 'Delete in Airflow…' }).click();
    const dialog = page.locator('[data-kind="delete-dag-dialog"]');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('A test');
    const submit = dialog.locator('[data-kind="delete-dag-submit"]');
    await expect(submit).toBeDisabled();
    await dialog
      .getByRole('textbox', { name: `Type ${dagId} to delete it` })
      .fill(dagId);
    await submit.click();
    await expect(dialog).toHaveCount(0);
  });
  await test.step('what is stored can be read', async () => {
    await open(page, address);
    await expect(page.locator('[data-kind="gone-remark"]')).toBeVisible();
    await expect(
      page.locator('[data-kind="recent-runs"] [data-kind="dag-run-row"]'),
    ).not.toHaveCount(0);
    await expect(page.locator('[data-kind="error-panel"]')).toHaveCount(0);
    await expectAccessibleInEachTheme(page);
  });
});
