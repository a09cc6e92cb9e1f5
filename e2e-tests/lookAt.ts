import { expect, type Page } from '@playwright/test';

/** What the plugin draws: its own pages, and its tab of an entity. */
export const frames =
  '[data-kind="airflow-page"], [data-kind="entity-airflow"]';

/** Opens a page of the plugin in a theme, and waits until it has shown what it loads. */
export async function lookAt(
  page: Page,
  address: string,
  theme: 'light' | 'dark',
): Promise<void> {
  await page.addInitScript(
    chosen => window.localStorage.setItem('theme', chosen),
    theme,
  );
  await page.goto(address);
  const frame = page.locator(frames).first();
  await expect(frame.getByRole('heading').first()).toBeVisible();
  await expect(frame.locator('[data-kind="loading"]')).toHaveCount(0);
}
