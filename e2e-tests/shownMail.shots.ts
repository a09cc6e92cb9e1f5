import path from 'node:path';
import { expect } from '@playwright/test';
import { Airflow } from './airflows';
import { test } from './people';

const dagId = 'payments_gateway';
const runId = 'settlement';

// After the pages, which it is not to change; a mail looks as its reader's program has it, so there is but one.
test('the mail of a failed run', async ({ page, request, mails }) => {
  const airflow = await Airflow.signIn(request, 'airflow-3');
  await airflow.deleteRuns(dagId);
  await airflow.trigger(dagId, runId);
  const mail = () =>
    mails.received.find(
      ({ subject, text }) =>
        subject === `${dagId} failed (airflow-3)` &&
        text.includes(`Run ${runId} failed`),
    );
  await expect.poll(mail, { timeout: 120_000 }).toBeDefined();
  await page.setViewportSize({ width: 760, height: 240 });
  await page.setContent(mail()?.html ?? '');
  await page.screenshot({ path: path.join('docs', 'images', 'mail.png') });
  await airflow.deleteRuns(dagId);
});
