import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { frames, untilShown } from './lookAt';

/** Those of axe's rules that look at colours, of the ones that it has switched on. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/** Expects that axe finds nothing in what the plugin draws; the portal's own frame is Backstage's. */
export async function expectAccessible(
  page: Page,
  within = frames,
): Promise<void> {
  await untilStill(page);
  await expectNothing(axe(page, within));
}

/** The same of colours alone: nothing else is another in a second theme. */
export async function expectColours(
  page: Page,
  within = frames,
): Promise<void> {
  await untilStill(page);
  await expectNothing(axe(page, within).withRules(ofColours));
}

/** All of it in the light, and its colours in the dark, of a page that follows the reader's theme. */
export async function expectAccessibleInEachTheme(
  page: Page,
  within = frames,
): Promise<void> {
  await expectAccessible(page, within);
  await chooseTheme(page, 'dark');
  await expectColours(page, within);
  await chooseTheme(page, 'light');
}

/** For a page that follows the reader's. */
export async function chooseTheme(
  page: Page,
  theme: 'light' | 'dark',
): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await expect(page.locator('body')).toHaveAttribute('data-theme-mode', theme);
  // The portal draws everything anew, so that what was opened is closed.
  await untilShown(page);
}

/** Asked within the page, where nothing is in a frame of its own: to carry all that it finds through Node takes longer. */
function axe(page: Page, within: string): AxeBuilder {
  return new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .include(within);
}

async function expectNothing(builder: AxeBuilder): Promise<void> {
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
