import { expect } from '@playwright/test';
import { z } from 'zod';
import { AIRFLOW_TAKES_MS, Airflow, realNames } from './airflows';
import { expectAccessible } from './axe';
import { expectHidden, found } from './hidden';
import { bellOf, noticeOf, openReadNotices } from './notices';
import { test, type Person } from './people';

/** `airflow.intervals.runs` of app-config.e2e.yaml. */
const INTERVAL_MS = 10_000;
/** `airflow.alerts.together.wait` there. */
const TOGETHER_MS = 1_000;
const SLACK_MS = 2_000;

const dagId = 'payments_gateway';
const exception = 'GatewayError: gateway-1 answered 503: down for maintenance';

const alertsSchema = z.object({ items: z.array(z.object({ id: z.string() })) });

// The bound of time is for a machine that does nothing else meanwhile.
test.describe.configure({ retries: 1 });

/** What fires a second time is told to be over once that has held for so long, as alerts/calm.ts of the backend has it. */
const HELD_MS = 5 * 60_000;

test.afterEach(async ({ request }) => {
  for (const name of realNames) {
    const airflow = await Airflow.signIn(request, name);
    await airflow.deleteRuns(dagId);
  }
});

for (const name of realNames) {
  test(`a failure on ${name} reaches its owner once, who has it run again`, async ({
    signIn,
    mails,
    calls,
    request,
  }, testInfo) => {
    const heldMs = testInfo.retry > 0 ? HELD_MS : 0;
    test.setTimeout(testInfo.timeout + heldMs);
    const runId = `journey-${Date.now()}`;
    const title = `${dagId} failed (${name})`;
    const airflow = await Airflow.signIn(request, name);
    const grace = await signIn('grace');
    const viewer = await signIn('viewer');
    const told = (notice: 'fired' | 'resolved') => ({
      mails: mails.received.filter(
        ({ subject, text }) =>
          text.includes(runId) &&
          subject.includes(title) &&
          subject.includes('Resolved') === (notice === 'resolved'),
      ),
      calls: calls.received.filter(
        call => call.notice === notice && call.text.includes(runId),
      ),
    });

    /** What it takes here to read a cluster and to draw a page: a machine may need three times as long as another. */
    let paceMs = 0;
    await test.step('the portal knows the DAG, and its owner watches', async () => {
      await airflow.deleteRuns(dagId);
      await grace.untilFleetIsRead();
      await expect
        .poll(async () => {
          await grace.readAgain(name);
          const dag = await grace.get(
            `/api/airflow/clusters/${name}/dags/${dagId}`,
          );
          return dag.ok();
        })
        .toBe(true);
      await closeAlerts(grace, name);
      const from = Date.now();
      await grace.readAgain(name);
      await openReadNotices(grace);
      paceMs = Date.now() - from;
      await expect(noticeOf(grace, title)).toHaveCount(0);
    });

    await test.step('its run fails, and the bell counts within an interval', async () => {
      await airflow.trigger(dagId, runId);
      await expect
        .poll(async () => (await airflow.run(dagId, runId)).state, {
          intervals: [500],
          timeout: AIRFLOW_TAKES_MS,
        })
        .toBe('failed');
      const { end_date: end } = await airflow.run(dagId, runId);
      await expect(noticeOf(grace, title)).toBeVisible();
      const waitedMs = Date.now() - Date.parse(end ?? '');
      testInfo.annotations.push({
        type: 'seen after',
        description: `${waitedMs} ms, at a pace of ${paceMs} ms`,
      });
      expect(waitedMs).toBeLessThan(
        INTERVAL_MS + TOGETHER_MS + SLACK_MS + paceMs,
      );
      await expect.poll(() => bellOf(grace)).toBeGreaterThan(0);
    });

    await test.step('a mail and a signed call have arrived', async () => {
      await expect.poll(() => told('fired').mails).toHaveLength(1);
      await expect.poll(() => told('fired').calls).toHaveLength(1);
      const [mail] = told('fired').mails;
      expect(mail.to).toEqual(['grace@example.com']);
      expect(mail.text).toContain(exception);
      const [call] = told('fired').calls;
      expect(call).toMatchObject({ title, isGenuine: true });
      expect(call.id).toBe(call.key);
    });
    const [{ alert, link }] = told('fired').calls;

    await test.step('the alert shows the exception', async () => {
      await noticeOf(grace, title).click();
      await expect(grace.page).toHaveURL(link);
      await expect(
        grace.page.locator('[data-kind="error-exception"]'),
      ).toContainText(exception);
      await expectAccessible(grace.page);
      await grace.page.screenshot({ path: testInfo.outputPath('alert.png') });
    });

    await test.step('who may only look sees it and can do nothing', async () => {
      const { page } = viewer;
      await page.goto(link);
      await expect(page.locator('[data-kind="error-exception"]')).toContainText(
        exception,
      );
      for (const button of [
        'alert-acknowledge',
        'alert-resolve',
        'clear-button',
      ]) {
        await expect(page.locator(`[data-kind="${button}"]`)).toBeDisabled();
      }
      const ids = [alert.id];
      const run = `/clusters/${name}/dags/${dagId}/runs/${runId}`;
      for (const [path, body] of [
        ['/alerts/acknowledge', { ids }],
        ['/alerts/resolve', { ids, reason: 'not mine' }],
        [`${run}/clear`, { dryRun: true }],
        [`${run}/clear`, { dryRun: false, reason: 'not mine' }],
      ] as const) {
        const answer = await viewer.post(`/api/airflow${path}`, body);
        expect(answer.status(), path).toBe(403);
      }
    });

    await test.step('the engineer of another team sees none of it', async () => {
      // What she does not find is there to be found.
      await expect
        .poll(() => found(grace, dagId))
        .toContain(`/airflow/clusters/${name}/dags/${dagId}`);
      const katherine = await signIn('katherine');
      await expectHidden(katherine, { cluster: name, dagId, runId, link });
    });

    await test.step('she takes it', async () => {
      const { page } = grace;
      await page.locator('[data-kind="alert-acknowledge"]').click();
      const dialog = page.getByRole('dialog');
      await dialog
        .getByRole('textbox', { name: 'Note' })
        .fill('The bank says that it is back');
      await dialog.locator('[data-kind="alert-acknowledge-submit"]').click();
      await expect(page.locator('[data-kind="alert-holder"]')).toContainText(
        /grace has it.*The bank says that it is back/,
      );
    });

    await test.step('she sees what would run again, and clears it', async () => {
      const { page } = grace;
      await page.locator('[data-kind="clear-button"]').click();
      const dialog = page.getByRole('dialog');
      const preview = dialog.locator('[data-kind="clear-preview"]');
      await expect(preview).toContainText('settle');
      await expect(preview).toContainText('book');
      await dialog
        .getByRole('textbox', { name: 'Reason' })
        .fill('The gateway is back');
      await dialog.locator('[data-kind="clear-submit"]').click();
      await expect(dialog).toBeHidden();
    });

    await test.step('it succeeds, which proves the alert right again', async () => {
      const resolution = grace.page.locator('[data-kind="alert-resolution"]');
      await expect(resolution).toContainText(`Run ${runId}`, {
        timeout: AIRFLOW_TAKES_MS,
      });
      expect((await airflow.run(dagId, runId)).state).toBe('success');
      await grace.page.screenshot({
        path: testInfo.outputPath('resolved.png'),
      });
    });

    await test.step('whoever was told is told that it is over, in the same notice', async () => {
      const soon = { timeout: heldMs + 30_000 };
      await expect.poll(() => told('resolved').mails, soon).toHaveLength(1);
      await expect.poll(() => told('resolved').calls).toHaveLength(1);
      const [call] = told('resolved').calls;
      expect(call).toMatchObject({ isGenuine: true, alert: { id: alert.id } });
      expect(call.alert.resolution).toMatchObject({ runId });
      await grace.page.goto('/notifications');
      await expect(
        grace.page.locator(`a[href$="/airflow/alerts/${alert.id}"]`),
      ).toHaveText([`Resolved: ${title}`]);
      expect(told('fired').mails).toHaveLength(1);
      expect(told('fired').calls).toHaveLength(1);
    });

    await test.step('the mail is readable', async () => {
      const { page } = viewer;
      await page.setContent(told('fired').mails[0].html);
      await expect(page.getByRole('heading')).toHaveText(title);
      await page.screenshot({ path: testInfo.outputPath('mail.png') });
    });
  });
}

/** What an earlier try may have left. */
async function closeAlerts(person: Person, cluster: string): Promise<void> {
  const answer = await person.get(
    `/api/airflow/alerts?cluster=${cluster}&dagId=${dagId}`,
  );
  const { items } = alertsSchema.parse(await answer.json());
  if (items.length === 0) return;
  const ids = items.map(({ id }) => id);
  await person.post('/api/airflow/alerts/resolve', {
    ids,
    reason: 'Left by an earlier test',
  });
}
