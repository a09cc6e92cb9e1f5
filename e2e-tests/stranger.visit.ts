import { mkdir } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { AIRFLOW_TAKES_MS } from './airflows';
import { MailSink } from './sinks';

// As docs/install.md names the cluster, and as scripts/stranger.mjs annotates the entity.
const cluster = 'production';
const dagId = 'orders_broken';
const entity = '/catalog/default/component/example-website';

const pictures = process.env.STRANGER_PICTURES ?? '.cache/stranger';

const portal = process.env.PORTAL_URL ?? '';
const mails = new MailSink(portal);
test.beforeAll(() => mails.listen());
test.afterAll(() => mails.close());

/** The first visit to a portal into which the suite was installed by docs/install.md alone. */
test('a stranger meets a failed run everywhere in their own portal', async ({
  page,
}) => {
  await mkdir(pictures, { recursive: true });
  await page.goto('/');
  const enter = page.getByRole('button', { name: 'Enter' });
  await enter.click();
  await expect(enter).toBeHidden();

  await test.step('the cluster is read', async () => {
    await page.goto('/airflow/clusters');
    await expect(page.locator('[data-kind="cluster-card"]')).toContainText(
      'DAGs',
      { timeout: AIRFLOW_TAKES_MS },
    );
  });

  await test.step('a run that is triggered fails', async () => {
    await page.goto(`/airflow/clusters/${cluster}/dags/${dagId}`);
    await page.locator('[data-kind="trigger-button"]').click();
    await page.locator('[data-kind="trigger-submit"]').click();
    await expect(page.locator('[data-kind="run-state"]')).toContainText(
      'failed',
      { timeout: AIRFLOW_TAKES_MS },
    );
    await page.goto(`/airflow/clusters/${cluster}/dags/${dagId}`);
    await expect(
      page.locator('[data-kind="dag-run-row"]').first(),
    ).toContainText('failed');
    await shoot(page, 'dag');
  });

  await test.step('the entity shows it, on its overview and its tab', async () => {
    await page.goto(entity);
    await expect(page.getByText('Airflow').first()).toBeVisible();
    await expect(page.getByText(dagId).first()).toBeVisible();
    await shoot(page, 'entity-overview');
    await page.goto(`${entity}/airflow`);
    await expect(page.getByRole('link', { name: dagId }).first()).toBeVisible();
    await shoot(page, 'entity-tab');
  });

  await test.step('the bell told its owner, with a link that opens', async () => {
    await page.goto('/notifications');
    // Of the third failure in a row it is told that the DAG keeps failing, and of that alone. Where it comes while the
    // page is open, a snackbar says the same, and leads nowhere.
    const notice = page
      .getByRole('link', {
        name: new RegExp(`${dagId} (failed|keeps failing)`),
      })
      .first();
    await expect(async () => {
      await page.reload();
      await expect(notice).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: AIRFLOW_TAKES_MS });
    await shoot(page, 'notifications');
    await notice.click();
    await expect(page.locator('[data-kind="alert-page"]')).toContainText(dagId);
  });

  await test.step('a mail told them too, with a link that opens', async () => {
    const told = () =>
      mails.received.find(({ subject }) => subject.includes(dagId));
    await expect.poll(told, { timeout: AIRFLOW_TAKES_MS }).toBeDefined();
    const mail = told();
    expect(mail?.to).toEqual(['guest@example.com']);
    const links = mail?.text.match(/http:\S+\/airflow\/alerts\/[\w-]+/) ?? [];
    expect(links[0]).toContain(`${portal}/`);
    await page.goto(links[0] ?? '');
    await expect(page.locator('[data-kind="alert-page"]')).toContainText(dagId);
    await shoot(page, 'from-mail');
  });

  await test.step('the search finds it', async () => {
    await expect(async () => {
      await page.goto(`/search?query=${dagId}`);
      // The old search page looks into the catalog alone until another type is chosen.
      await page.getByText('Airflow DAGs').first().click({ timeout: 10_000 });
      await expect(page.getByRole('link', { name: dagId }).first()).toBeVisible(
        { timeout: 5_000 },
      );
    }).toPass({ timeout: AIRFLOW_TAKES_MS });
    await shoot(page, 'search');
  });
});

function shoot(page: Page, name: string) {
  return page.screenshot({ path: `${pictures}/${name}.png` });
}
