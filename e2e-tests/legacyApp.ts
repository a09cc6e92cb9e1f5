import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';

const built = path.join('packages', 'app-legacy', 'dist');

/** Gives the browser the example app on the old frontend system, in place of the one that the backend serves. */
export async function withLegacyApp(page: Page): Promise<void> {
  // To Chromium a page of no server is a stranger to this machine.
  await page.context().grantPermissions(['local-network-access']);
  await page.route(
    ({ pathname }) => !pathname.startsWith('/api/'),
    async route => {
      const file = path.join(built, new URL(route.request().url()).pathname);
      const isThere = await stat(file).then(
        found => found.isFile(),
        () => false,
      );
      await route.fulfill({
        path: isThere ? file : path.join(built, 'index.html'),
      });
    },
  );
}
