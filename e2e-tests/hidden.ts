import { expect } from '@playwright/test';
import { z } from 'zod';
import type { Person } from './people';

const listSchema = z.object({
  total: z.number(),
  items: z.array(z.object({ dagId: z.string() })),
});
const alertsSchema = z.object({
  total: z.number(),
  items: z.array(
    z.object({ subject: z.object({ dagId: z.string().optional() }) }),
  ),
});
const facetSchema = z.array(z.object({ value: z.string(), count: z.number() }));
const facetsSchema = z.record(z.string(), facetSchema);
const foundSchema = z.object({
  results: z.array(z.object({ document: z.object({ location: z.string() }) })),
});
const noticesSchema = z.object({
  notifications: z.array(
    z.object({ payload: z.object({ title: z.string() }) }),
  ),
});

/** Expects that somebody sees nothing of a DAG with an alert: no page, no row, no count, no hit, no notice. */
export async function expectHidden(
  person: Person,
  alert: { cluster: string; dagId: string; runId: string; link: string },
): Promise<void> {
  const { cluster, dagId, runId, link } = alert;
  const ask = async (path: string) => (await person.get(path)).json();
  const airflow = '/api/airflow';
  const dagPage = `/airflow/clusters/${cluster}/dags/${dagId}`;
  const { page } = person;

  await page.goto(link);
  await expect(page.locator('[data-kind="missing-page"]')).toBeVisible();
  await page.goto(`/airflow/alerts?scope=all&cluster=${cluster}`);
  await expect(page.locator('[data-kind="alerts-page"]')).toBeVisible();
  await expect(page.locator('[data-kind="loading"]')).toHaveCount(0);
  await expect(page.getByText(dagId)).toHaveCount(0);
  await page.goto(`/airflow/dags?scope=all&text=${dagId}`);
  await expect(page.locator('[data-kind="empty"]')).toBeVisible();

  const dag = `/api${dagPage}`;
  const id = new URL(link).pathname.split('/').at(-1);
  for (const path of [`${airflow}/alerts/${id}`, dag, `${dag}/runs/${runId}`]) {
    expect((await person.get(path)).status(), path).toBe(404);
  }
  for (const path of [`/dags?text=${dagId}`, `/runs?dagId=${dagId}`]) {
    const list = listSchema.parse(await ask(`${airflow}${path}`));
    expect(list, path).toEqual({ total: 0, items: [] });
  }

  // What is counted is what is shown.
  const alerts = alertsSchema.parse(
    await ask(`${airflow}/alerts?cluster=${cluster}&limit=250`),
  );
  expect(alerts.items.map(({ subject }) => subject.dagId)).not.toContain(dagId);
  expect(alerts.total).toBe(alerts.items.length);
  const facets = facetsSchema.parse(
    await ask(`${airflow}/alert-facets?cluster=${cluster}`),
  );
  expect(countOf(facets.severity)).toBe(alerts.total);
  const ofDag = facetsSchema.parse(
    await ask(`${airflow}/alert-facets?dagId=${dagId}`),
  );
  expect(Object.values(ofDag).map(countOf)).toEqual([0, 0, 0, 0, 0]);

  const { notifications } = noticesSchema.parse(
    await ask('/api/notifications/notifications?limit=500'),
  );
  const titles = notifications.map(({ payload }) => payload.title);
  expect(titles.filter(title => title.includes(dagId))).toEqual([]);
  expect(await found(person, dagId)).not.toContain(dagPage);
}

/** Where the portal's search leads for a term. */
export async function found(person: Person, term: string): Promise<string[]> {
  const answer = await person.get(`/api/search/query?term=${term}`);
  const { results } = foundSchema.parse(await answer.json());
  return results.map(({ document }) => document.location);
}

function countOf(facet: z.infer<typeof facetSchema>): number {
  return facet.reduce((sum, { count }) => sum + count, 0);
}
