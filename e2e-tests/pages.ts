import type { APIRequestContext } from '@playwright/test';
import { z } from 'zod';

const tokenSchema = z.object({
  backstageIdentity: z.object({ token: z.string() }),
});
const runsSchema = z.object({
  items: z.array(z.object({ dagId: z.string(), runId: z.string() })).min(1),
});

const alertsSchema = z.object({
  items: z.array(z.object({ id: z.string() })).min(1),
});

const clusterSchema = z.object({
  collections: z.array(
    z.object({
      lastSuccessAt: z.string().nullable(),
      problem: z.object({ message: z.string() }).nullable(),
    }),
  ),
});

/** A failed task to look at, and where it is. */
export interface Place {
  cluster: string;
  dagId: string;
  runId: string;
  taskId: string;
}

const flaky = { 'prod-eu': 'load_orders', 'prod-us': 'orders_replica_us' };

/** The portal's API, as the demo user. */
export class Portal {
  readonly #request: APIRequestContext;
  readonly #headers: { authorization: string };

  private constructor(request: APIRequestContext, token: string) {
    this.#request = request;
    this.#headers = { authorization: `Bearer ${token}` };
  }

  static async signIn(
    request: APIRequestContext,
    person = 'ada',
  ): Promise<Portal> {
    const answer = await request.get('/api/auth/demo/refresh', {
      headers: {
        'x-requested-with': 'XMLHttpRequest',
        'x-demo-user': person,
      },
    });
    const { backstageIdentity } = tokenSchema.parse(await answer.json());
    return new Portal(request, backstageIdentity.token);
  }

  /** The last failed run of the demo's flaky DAG on Airflow 2, or on Airflow 3. */
  async demoPlace(cluster: keyof typeof flaky = 'prod-eu'): Promise<Place> {
    const dagId = flaky[cluster];
    const answer = await this.#request.get(
      `/api/airflow/runs?cluster=${cluster}&dagId=${dagId}&state=failed&limit=1`,
      { headers: this.#headers },
    );
    const [{ runId }] = runsSchema.parse(await answer.json()).items;
    return { cluster, dagId, runId, taskId: 'extract' };
  }

  /** Where the worst open alert of the demo's flaky DAG is. */
  async demoAlert(): Promise<string> {
    const answer = await this.#request.get(
      '/api/airflow/alerts?cluster=prod-eu&dagId=load_orders&sort=severity&limit=1',
      { headers: this.#headers },
    );
    const [{ id }] = alertsSchema.parse(await answer.json()).items;
    return `/airflow/alerts/${id}`;
  }

  /** Has the clusters read until the portal knows their whole history; one that cannot be read is left. */
  async untilRead(names: readonly string[]): Promise<void> {
    for (const name of names) {
      for (let isRead = false; !isRead; ) {
        const answer = await this.#request.post(
          `/api/airflow/clusters/${name}/refresh`,
          {
            headers: this.#headers,
            data: { kinds: ['health', 'inventory', 'runs'] },
          },
        );
        const { collections } = clusterSchema.parse(await answer.json());
        isRead = collections.every(
          ({ lastSuccessAt, problem }) => lastSuccessAt ?? problem,
        );
      }
    }
  }
}

/** The failed example run of a real Airflow. */
export function realPlace(cluster: string): Place {
  return { cluster, dagId: 'orders_broken', runId: 'example', taskId: 'load' };
}

/** The address of every page about a place. */
export function pagesOf(place: Place): Record<PlacePage, string> {
  const cluster = `/airflow/clusters/${place.cluster}`;
  const dag = `${cluster}/dags/${encodeURIComponent(place.dagId)}`;
  const run = `${dag}/runs/${encodeURIComponent(place.runId)}`;
  const task = `${run}/tasks/${encodeURIComponent(place.taskId)}`;
  return {
    cluster,
    dag,
    grid: `${dag}?tab=grid`,
    graph: `${dag}?tab=graph`,
    calendar: `${dag}?tab=calendar`,
    statistics: `${dag}?tab=statistics`,
    code: `${dag}?tab=code`,
    run,
    gantt: `${run}?tab=gantt`,
    task,
  };
}

export const placePages = [
  'cluster',
  'dag',
  'grid',
  'graph',
  'calendar',
  'statistics',
  'code',
  'run',
  'gantt',
  'task',
] as const;
type PlacePage = (typeof placePages)[number];

/** The pages that are about no one place, and those that have nothing to show. */
export const fixedPages = {
  overview: '/airflow',
  dags: '/airflow/dags',
  alerts: '/airflow/alerts',
  'alert-rules': '/airflow/alerts/rules',
  entity: '/catalog/default/component/order-service/airflow',
  'entity-cards': '/catalog/default/component/order-service',
  search: '/search?query=load_orders',
  clusters: '/airflow/clusters',
  'unreachable-cluster': '/airflow/clusters/research',
  'missing-dag': '/airflow/clusters/prod-eu/dags/no_such_dag',
};

export const themes = ['light', 'dark'] as const;
export const widths = [1400, 400] as const;
