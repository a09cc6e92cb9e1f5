import { expect, test } from '@playwright/test';
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
