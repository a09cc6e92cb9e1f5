import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { become } from './become';
import { lookAt } from './lookAt';
import { pagesOf, Portal, themes } from './pages';

for (const theme of themes) {
  test(`what asks before it acts is readable by everybody, ${theme}`, async ({
    page,
    request,
  }) => {
    const portal = await Portal.signIn(request, 'ada');
    await portal.untilRead(['prod-eu']);
    await become(page, 'ada');
    const { dag, run } = pagesOf(await portal.demoPlace());
    const alert = await portal.demoAlert();
    for (const [address, button] of [
      [dag, 'trigger-button'],
      [dag, 'set-owner'],
      [run, 'clear-button'],
      [alert, 'alert-acknowledge'],
      [alert, 'alert-resolve'],
    ]) {
      await test.step(button, async () => {
        await lookAt(page, address, theme);
        await page.locator(`[data-kind="${button}"]`).first().click();
        const dialog = page.getByRole('dialog');
        await expect(dialog).toBeVisible();
        await expect(dialog.locator('[data-kind="loading"]')).toHaveCount(0);
        await expectAccessible(page, '[role="dialog"]');
      });
    }
  });
}

/** Where each menu is, on an Airflow 3, which has all there is to do. */
const menus = { dag: 'dag-menu', run: 'run-menu', task: 'task-menu' } as const;

for (const theme of themes) {
  test(`every action of a menu asks readably, ${theme}`, async ({
    page,
    request,
  }) => {
    const portal = await Portal.signIn(request, 'ada');
    await portal.untilRead(['prod-us']);
    await become(page, 'ada');
    const pages = pagesOf(await portal.demoPlace('prod-us'));
    for (const where of ['dag', 'run', 'task'] as const) {
      await lookAt(page, pages[where], theme);
      for (const action of await actionsOf(page, menus[where])) {
        await test.step(`${where}: ${action}`, async () => {
          await page.locator(`[data-kind="${menus[where]}"]`).click();
          const item = page.getByRole('menuitem', { name: action });
          await item.click();
          // The menu goes away by and by, and is a dialog of its own.
          await expect(item).toHaveCount(0);
          await expectDialog(page);
        });
      }
    }
    await test.step('backfill', async () => {
      await lookAt(page, `${pages.dag}?tab=backfills`, theme);
      await page.locator('[data-kind="backfill-button"]').click();
      await expectDialog(page);
    });
  });
}

/** The names of what a menu offers and can be done. */
async function actionsOf(page: Page, kind: string): Promise<string[]> {
  await page.locator(`[data-kind="${kind}"]`).click();
  const items = page.getByRole('menuitem');
  await expect(items.first()).toBeVisible();
  await expectAccessible(page, '[role="menu"]');
  const names = await page
    .locator('[role="menuitem"]:not([aria-disabled="true"])')
    .allInnerTexts();
  expect(names).not.toEqual([]);
  await page.keyboard.press('Escape');
  await expect(items).toHaveCount(0);
  return names;
}

async function expectDialog(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await expect(dialog.locator('[data-kind="loading"]')).toHaveCount(0);
  await expectAccessible(page, '[role="dialog"]');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}
