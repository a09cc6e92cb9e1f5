import type { APIRequestContext } from '@playwright/test';
import { z } from 'zod';

const tokenSchema = z.object({
  backstageIdentity: z.object({ token: z.string() }),
});
const runsSchema = z.object({
  items: z.array(z.object({ dagId: z.string(), runId: z.string() })),
});

/** The address of every page, by its name, for a failed run of the demo fleet. */
export async function everyPage(
  request: APIRequestContext,
): Promise<Record<string, string>> {
  const answer = await request.post('/api/auth/guest/refresh', {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  });
  const { token } = tokenSchema.parse(await answer.json()).backstageIdentity;
  const runs = await request.get(
    '/api/airflow/runs?cluster=prod-eu&dagId=load_orders&state=failed&limit=1',
    { headers: { authorization: `Bearer ${token}` } },
  );
  const [{ dagId, runId }] = runsSchema.parse(await runs.json()).items;
  const dag = `/airflow/clusters/prod-eu/dags/${encodeURIComponent(dagId)}`;
  const run = `${dag}/runs/${encodeURIComponent(runId)}`;
  return {
    overview: '/airflow',
    dags: '/airflow/dags',
    clusters: '/airflow/clusters',
    cluster: '/airflow/clusters/prod-eu',
    'unreachable-cluster': '/airflow/clusters/research',
    dag,
    run,
    task: `${run}/tasks/extract`,
    'missing-dag': '/airflow/clusters/prod-eu/dags/no_such_dag',
  };
}
