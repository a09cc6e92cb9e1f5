import { expect, test, type Page } from '@playwright/test';
import {
  AIRFLOW_TAKES_MS,
  Airflow,
  realNames,
  type RealAirflow,
} from './airflows';
import { expectAccessible } from './axe';
import { useTheme } from './lookAt';
import { Portal } from './pages';

const failing = { dagId: 'payments_gateway', taskId: 'settle' };
const exception = 'GatewayError: gateway-1 answered 503: down for maintenance';
const withParams = 'report_on_demand';

/** At a desk by day, and on the phone at 3 a.m. */
const looks = [
  { theme: 'light', width: 1400 },
  { theme: 'dark', width: 400 },
] as const;

for (const cluster of realNames) {
  for (const { theme, width } of looks) {
    test(`a night on call with ${cluster}, ${theme} at ${width} px`, async ({
      page,
      request,
    }) => {
      const runId = `on-call-${Date.now()}`;
      const airflow = await Airflow.signIn(request, cluster);
      const portal = await Portal.signIn(request);
      await page.setViewportSize({ width, height: 900 });
      await useTheme(page, theme);

      await test.step('a run fails', async () => {
        await airflow.trigger(failing.dagId, runId);
        await untilRun(airflow, failing.dagId, runId, 'failed');
        await portal.untilRead([cluster]);
      });
      await test.step('its DAG is found in the list', () =>
        openFailedDag(page, cluster));
      await test.step('the run says what failed first, and with what', () =>
        openRun(page, runId));
      await test.step('the log opens at the exception', () => readLog(page));
      await test.step('cleared from its log, it runs again', () =>
        clearTask(page));
      await test.step('its run succeeds', async () => {
        await page
          .getByRole('link', { name: runId, exact: true })
          .first()
          .click();
        await expectRunState(page, 'success');
        await untilRun(airflow, failing.dagId, runId, 'success');
        await expect(page.locator('[data-kind="first-failure"]')).toHaveCount(
          0,
        );
        await expectReadable(page);
      });
      await test.step('another DAG is triggered with params', () =>
        triggerWithParams(page, cluster, runId));
      await test.step('it is paused and unpaused', async () => {
        await page.goto(`/airflow/clusters/${cluster}/dags/${withParams}`);
        await toggled(page, true);
        await page.reload();
        await toggled(page, false);
      });

      await airflow.deleteRun(failing.dagId, runId);
      await airflow.deleteRun(withParams, runId);
    });
  }
}

/** For axe and without scrolling to the side, as in pages.spec.ts. */
async function expectReadable(page: Page, within?: string): Promise<void> {
  await expectAccessible(page, within);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}

async function untilRun(
  airflow: Airflow,
  dagId: string,
  runId: string,
  state: string,
): Promise<void> {
  await expect
    .poll(async () => (await airflow.run(dagId, runId)).state, {
      timeout: AIRFLOW_TAKES_MS,
    })
    .toBe(state);
}

/** As the page tells it, without a reload. */
async function expectRunState(page: Page, state: string): Promise<void> {
  await expect(page.locator('[data-kind="run-state"]')).toContainText(state, {
    timeout: AIRFLOW_TAKES_MS,
  });
}

async function openFailedDag(page: Page, cluster: RealAirflow): Promise<void> {
  const { dagId } = failing;
  await page.goto('/airflow/dags?lastRunState=failed');
  await page.getByRole('searchbox', { name: 'Text' }).fill(dagId);
  const row = page.locator(
    `[data-kind="dag-row"][data-cluster="${cluster}"][data-dag="${dagId}"]`,
  );
  const others = page.locator(
    `[data-kind="dag-row"]:not([data-dag="${dagId}"])`,
  );
  await expect(others).toHaveCount(0);
  await expect(row).toContainText('failed');
  await expect(page).toHaveURL(new RegExp(`text=${dagId}`));
  await expectReadable(page);
  await row.getByRole('link', { name: dagId, exact: true }).click();
  await expect(page.locator('[data-kind="dag-page"]')).toBeVisible();
}

async function openRun(page: Page, runId: string): Promise<void> {
  const run = page
    .locator('[data-kind="recent-runs"] [data-kind="dag-run-row"]')
    .filter({ hasText: runId });
  await expect(run.locator('[data-kind="task-count"]')).not.toHaveCount(0);
  await expectReadable(page);
  await run.getByRole('link', { name: runId }).click();
  await expectRunState(page, 'failed');
  const failure = page.locator('[data-kind="first-failure"]');
  await expect(failure).toContainText(failing.taskId);
  await expect(failure).toContainText(exception);
  await expectReadable(page);
}

async function readLog(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Read its log' }).click();
  const log = page.locator('[data-kind="task-log"]');
  await expect(
    log.locator('[data-kind="log-line"][data-level="error"]').first(),
  ).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search' }).fill('GatewayError:');
  await expect(log.locator('mark').first()).toHaveText(/GatewayError:/i);
  await expectReadable(page);
}

async function clearTask(page: Page): Promise<void> {
  await page.locator('[data-kind="clear-button"]').click();
  const dialog = page.getByRole('dialog');
  const preview = dialog.locator('[data-kind="clear-preview"]');
  await expect(preview).toContainText(failing.taskId);
  await expectReadable(page, '[role="dialog"]');
  await dialog
    .getByRole('textbox', { name: 'Reason' })
    .fill('The gateway is back');
  await dialog.locator('[data-kind="clear-submit"]').click();
  await expect(dialog).toBeHidden();
  // The second attempt, which the page comes to by itself.
  await expect(page.locator('[data-kind="task-state"]')).toContainText(
    'success',
    { timeout: AIRFLOW_TAKES_MS },
  );
}

async function triggerWithParams(
  page: Page,
  cluster: RealAirflow,
  runId: string,
): Promise<void> {
  await page.goto(`/airflow/clusters/${cluster}/dags/${withParams}`);
  await page.locator('[data-kind="trigger-button"]').click();
  const dialog = page.getByRole('dialog');
  const rows = dialog.getByRole('textbox', { name: /^rows/ });
  await rows.fill('0');
  await expect(dialog.getByRole('alert')).toContainText('1 or more');
  await rows.fill('250');
  await dialog
    .getByRole('textbox', { name: /^title/ })
    .fill('Asked for in the portal');
  await dialog.getByText('Run id, logical date, note').click();
  await dialog.getByRole('textbox', { name: 'Run id' }).fill(runId);
  await expectReadable(page, '[role="dialog"]');
  await dialog.locator('[data-kind="trigger-submit"]').click();
  await expect(page.locator('[data-kind="run-page"]')).toBeVisible();
  await expectRunState(page, 'success');
  await page.locator('[data-kind="tab-conf"]').click();
  const conf = page.locator('[data-kind="run-conf"]');
  await expect(conf).toContainText('"rows": 250');
  await expect(conf).toContainText('Asked for in the portal');
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
