import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Locator } from '@playwright/test';
import { z } from 'zod';
import {
  AIRFLOW_TAKES_MS,
  Airflow,
  realNames,
  type RealAirflow,
} from './airflows';
import { expectAccessible } from './axe';
import { lookAt } from './lookAt';
import { bellOf, noticeOf, openReadNotices } from './notices';
import { test, type Person } from './people';

const dagId = 'payments_receipts';
/** Within the folder that both Airflows read, as scripts/airflow/versions.mjs has it; git ignores it. */
const folder = path.join('examples', 'airflow', 'dags', 'e2e');
const file = path.join(folder, `${dagId}.py`);

/** It would run by itself, but for years not. */
const source = `"""Sends the receipts of the day."""

import pendulum

try:
    from airflow.sdk import dag, task
except ImportError:
    from airflow.decorators import dag, task


@dag(
    dag_id="${dagId}",
    schedule="0 4 * * *",
    start_date=pendulum.datetime(2040, 1, 1, tz="UTC"),
    catchup=False,
    tags=["team:payments"],
    default_args={"owner": "payments"},
)
def ${dagId}():
    @task
    def send() -> None:
        print("sent")

    send()


${dagId}()
`;
const error = "No module named 'receipt_templates'";
const broken = `import receipt_templates\n${source}`;

const title = (name: RealAirflow) =>
  `${dagId}.py cannot be imported: ${dagId} does not run (${name})`;

const dagSchema = z.object({ presence: z.object({ state: z.string() }) });

test.beforeEach(() => mkdir(folder, { recursive: true }));

test.afterEach(async ({ request }) => {
  await rm(folder, { recursive: true, force: true });
  for (const name of realNames) {
    const airflow = await Airflow.signIn(request, name);
    await airflow.deleteDag(dagId);
  }
});

// Both at once: most of it is waiting.
test('a team hears that the file of its DAG is broken, and nothing of its end before it is mended', async ({
  signIn,
  mails,
  calls,
  request,
}, testInfo) => {
  const grace = await signIn('grace');
  const { page } = grace;
  const told = (name: RealAirflow, notice: 'fired' | 'resolved') => {
    const wanted =
      notice === 'fired' ? title(name) : `Resolved: ${title(name)}`;
    return {
      mails: mails.received.filter(({ subject }) => subject === wanted),
      calls: calls.received.filter(call => call.title === wanted),
    };
  };
  mails.forget();
  calls.forget();

  await test.step('it is listed', async () => {
    await writeFile(file, source);
    await grace.untilFleetIsRead();
    for (const name of realNames) await untilPresence(grace, name, 'listed');
    await openReadNotices(grace);
  });

  await test.step('it is broken, and its team hears of it', async () => {
    await writeFile(file, broken);
    for (const name of realNames) await untilPresence(grace, name, 'broken');
    for (const name of realNames) {
      await expect(noticeOf(grace, title(name))).toBeVisible();
      await expect
        .poll(() => told(name, 'fired'))
        .toMatchObject({
          mails: [{ to: ['grace@example.com'] }],
          calls: [{ notice: 'fired', isGenuine: true }],
        });
      expect(told(name, 'fired').mails[0].text).toContain(error);
    }
    expect(await bellOf(grace)).toBeGreaterThan(0);
  });

  for (const [name, theme] of [
    ['airflow-2', 'light'],
    ['airflow-3', 'dark'],
  ] as const) {
    await test.step(`${name}: the page of the DAG says so`, async () => {
      await lookAt(page, `/airflow/clusters/${name}/dags/${dagId}`, theme);
      await expect(page.locator('[data-kind="presence-remark"]')).toContainText(
        /✖ broken since/,
      );
      const errors = page.locator('[data-kind="dag-import-errors"]');
      await expect(errors).toContainText(error);
      const tabs = page.getByRole('navigation', { name: 'DAG', exact: true });
      expect(await topOf(errors)).toBeLessThan(await topOf(tabs));
      await expectAccessible(page);
      await page.screenshot({ path: testInfo.outputPath(`${name}.png`) });
    });
  }

  await test.step('that Airflow takes it out of service ends nothing', async () => {
    for (const name of realNames) {
      const airflow = await Airflow.signIn(request, name);
      await expect
        .poll(() => airflow.isInService(dagId), { timeout: AIRFLOW_TAKES_MS })
        .toBe(false);
      await grace.readAgain(name);
      await page.goto(told(name, 'fired').calls[0].link);
      await expect(page.locator('[data-kind="alert-page"]')).toHaveAttribute(
        'data-status',
        'firing',
      );
      await expectAccessible(page);
      await untilPresence(grace, name, 'broken');
    }
  });

  await test.step('it is mended, which ends the alert by that', async () => {
    for (const name of realNames) {
      expect(told(name, 'resolved')).toEqual({ mails: [], calls: [] });
    }
    await writeFile(file, source);
    for (const name of realNames) {
      await untilPresence(grace, name, 'listed');
      await page.goto(told(name, 'fired').calls[0].link);
      await expect(
        page.locator('[data-kind="alert-resolution"]'),
      ).toContainText(`${dagId}.py can be imported again`);
      await expect
        .poll(() => told(name, 'resolved'))
        .toMatchObject({
          mails: [{ to: ['grace@example.com'] }],
          calls: [{ notice: 'resolved', isGenuine: true }],
        });
      expect(told(name, 'fired').mails).toHaveLength(1);
      await page.goto(`/airflow/clusters/${name}/dags/${dagId}`);
      await expect(page.locator('[data-kind="dag-page"]')).toBeVisible();
      await expect(page.locator('[data-kind="presence-remark"]')).toHaveCount(
        0,
      );
      await expect(page.locator('[data-kind="dag-import-errors"]')).toHaveCount(
        0,
      );
    }
  });
});

/** Has the portal read a cluster until it says this of the DAG. */
async function untilPresence(
  person: Person,
  name: RealAirflow,
  state: string,
): Promise<void> {
  await expect
    .poll(
      async () => {
        await person.readAgain(name);
        const answer = await person.get(
          `/api/airflow/clusters/${name}/dags/${dagId}`,
        );
        if (!answer.ok()) return 'unknown';
        return dagSchema.parse(await answer.json()).presence.state;
      },
      { timeout: AIRFLOW_TAKES_MS, intervals: [1_000] },
    )
    .toBe(state);
}

async function topOf(part: Locator): Promise<number> {
  return (await part.boundingBox())?.y ?? Infinity;
}
