import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import { AIRFLOW_TAKES_MS, Airflow, realAirflows, realNames } from './airflows';
import { expectAccessible } from './axe';
import { test } from './people';

const dagId = 'payments_pulse';
const missed = `${dagId} did not run`;

/** Stops or starts the schedulers of both Airflows, and nothing else of them. */
async function schedulers(action: 'stop' | 'start'): Promise<void> {
  await promisify(execFile)(process.execPath, [
    path.join('scripts', 'run.mjs'),
    'airflow',
    action,
    'scheduler',
  ]);
}

test.afterEach(async ({ request }) => {
  await schedulers('start');
  for (const name of realNames) {
    const airflow = await Airflow.signIn(request, name);
    await airflow.setPaused(dagId, true);
    await airflow.deleteRuns(dagId);
  }
});

// Both at once: most of it is waiting.
test('a scheduler that stops is told of once, and what is missed because of it is not', async ({
  signIn,
  mails,
  calls,
  request,
}, testInfo) => {
  const ada = await signIn('ada');
  const { page } = ada;
  mails.forget();
  calls.forget();

  await test.step('a DAG runs every minute', async () => {
    for (const name of realNames) {
      const airflow = await Airflow.signIn(request, name);
      await airflow.setPaused(dagId, false);
      await expect
        .poll(() => airflow.runIds(dagId), { timeout: AIRFLOW_TAKES_MS })
        .not.toHaveLength(0);
      await ada.readAgain(name);
    }
  });

  await test.step('the schedulers stop', () => schedulers('stop'));

  const alerts: { name: string; cause: string; effect: string }[] = [];
  for (const name of realNames) {
    const title = `The scheduler of ${realAirflows[name].title} is unhealthy (${name})`;
    const fired = () =>
      calls.received.filter(
        call => call.notice === 'fired' && call.title === title,
      );
    await test.step(`${name}: its owner is told of the scheduler`, async () => {
      await expect.poll(fired, { timeout: AIRFLOW_TAKES_MS }).toHaveLength(1);
      await expect
        .poll(() => mails.received.filter(({ subject }) => subject === title))
        .toMatchObject([{ to: ['ada@example.com'] }]);
    });

    await test.step(`${name}: what is missed stands beneath it`, async () => {
      const [{ link: cause }] = fired();
      await page.goto(cause);
      await expect(page.locator('[data-kind="alert-page"]')).toHaveAttribute(
        'data-status',
        'firing',
      );
      const inhibited = page
        .locator('[data-kind="alert-inhibited"]')
        .filter({ hasText: missed });
      await expect(inhibited).toBeVisible({ timeout: AIRFLOW_TAKES_MS });
      await expectAccessible(page);
      await page.screenshot({ path: testInfo.outputPath(`${name}.png`) });
      await inhibited.getByRole('link').click();
      await expect(page.locator('[data-kind="alert-cause"]')).toContainText(
        `The scheduler of ${realAirflows[name].title}`,
      );
      await expect(
        page.locator('[data-kind="alert-deliveries"]'),
      ).toContainText('Nobody, because its cause is notified instead.');
      alerts.push({ name, cause, effect: page.url() });
    });
  }

  await test.step('the schedulers start', () => schedulers('start'));

  for (const { name, cause, effect } of alerts) {
    await test.step(`${name}: both are proven right again`, async () => {
      await expectProven(
        page,
        cause,
        /scheduler is healthy, its heartbeat was/,
      );
      // Whether Airflow passes over a minute goes by how long its start takes.
      await expectProven(
        page,
        effect,
        /Run scheduled__.* after the time|with run scheduled__.*(is|are) lost/,
      );
    });
  }

  await test.step('nobody was ever told of what was missed, nor anything twice', async () => {
    const told = [
      ...calls.received.map(({ notice, title }) => `${notice}: ${title}`),
      ...mails.received.map(({ subject, to }) => `${subject} to ${to}`),
    ];
    expect(told.filter(line => line.includes(missed))).toEqual([]);
    expect([...new Set(told)]).toEqual(told);
  });
});

async function expectProven(page: Page, link: string, proof: RegExp) {
  await page.goto(link);
  await expect(page.locator('[data-kind="alert-resolution"]')).toHaveText(
    proof,
    { timeout: AIRFLOW_TAKES_MS },
  );
}
