import type { BrowserContext, Page } from '@playwright/test';

/** Opens the pages that follow as this person of the demo, as the choice in the sidebar does. */
export async function become(
  pages: Page | BrowserContext,
  name: string,
): Promise<void> {
  await pages.addInitScript(
    person => window.localStorage.setItem('airflow-fleet-demo-person', person),
    name,
  );
}
