import { expect, type Page } from '@playwright/test';

/** What the plugin draws: its own pages, its tab and cards of an entity, and what search finds. */
export const frames = [
  '[data-kind="airflow-page"]',
  '[data-kind="entity-airflow"]',
  '[data-kind^="entity-"][data-kind$="-card"]',
  '[data-kind="airflow-search-result"]',
].join();

/** In what Backstage draws the pages opened from now on. */
export async function useTheme(
  page: Page,
  theme: 'light' | 'dark',
): Promise<void> {
  await page.addInitScript(
    chosen => window.localStorage.setItem('theme', chosen),
    theme,
  );
}

/** Opens a page with something of the plugin in a theme, and waits until it has shown what it loads. */
export async function lookAt(
  page: Page,
  address: string,
  theme: 'light' | 'dark',
): Promise<void> {
  await useTheme(page, theme);
  await open(page, address);
}

/** The same in the theme that the reader's own machine has. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await untilShown(page);
}

export async function untilShown(page: Page): Promise<void> {
  const frame = page.locator(frames);
  await expect(frame.first()).toBeVisible();
  await expect(frame.locator('[data-kind="loading"]')).toHaveCount(0);
  // Squares of a grid whose states have not come yet.
  await expect(frame.locator('[data-pending="true"]')).toHaveCount(0);
  // The portal's own parts, and those of the plugin whose code is on its way.
  await expect(page.getByTestId('progress')).toHaveCount(0);
}
