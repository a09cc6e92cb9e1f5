import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { frames } from './lookAt';

/** Expects that axe finds nothing in what the plugin draws; the portal's own frame is Backstage's. */
export async function expectAccessible(
  page: Page,
  within = frames,
): Promise<void> {
  await untilStill(page);
  const builder = new AxeBuilder({ page }).include(within);
  const { violations } = await builder.analyze();
  const found = violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ html, failureSummary }) => ({
      html: html.slice(0, 300),
      failureSummary,
    })),
  }));
  expect(found).toEqual([]);
}

/** What the page waits for is there, and nothing is on its way from one colour to another. */
async function untilStill(page: Page): Promise<void> {
  await expect(page.locator('table[aria-busy="true"]')).toHaveCount(0);
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(animation => animation instanceof CSSTransition)
        .map(transition => transition.finished),
    ),
  );
}
