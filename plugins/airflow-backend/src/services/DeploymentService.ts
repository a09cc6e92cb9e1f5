import {
  airflowActivityReadPermission,
  airflowClusterReadPermission,
  type Activity,
  type deploymentEndpoints,
  type Pool,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { z } from 'zod';
import type { Page } from '../airflow';
import { deployment } from '../airflow/deployment';
import type { Access } from './Access';
import { CHANGING_MS, LiveCache, SETTLED_MS } from './LiveCache';
import { ProblemError } from './ProblemError';

type Packages = z.output<typeof deploymentEndpoints.listPackages.response>;
type ActivityQuery = z.output<typeof deploymentEndpoints.listActivity.query>;
type ActivityPage = z.output<typeof deploymentEndpoints.listActivity.response>;

const KEPT_CLUSTERS = 1_000;
const KEPT_PAGES = 200;
const PAGE_SIZE = 50;
/** What is installed changes when an Airflow is deployed anew. */
const INSTALLED_MS = 10 * SETTLED_MS;

/** What callers may read of an Airflow beside its DAGs, live. */
export class DeploymentService {
  private readonly pools = new LiveCache<Pool[]>({
    maxSize: KEPT_CLUSTERS,
    sizeOf: () => 1,
  });
  private readonly packages = new LiveCache<Packages>({
    maxSize: KEPT_CLUSTERS,
    sizeOf: () => 1,
  });
  private readonly activity = new LiveCache<Activity[]>({
    maxSize: KEPT_PAGES,
    sizeOf: () => 1,
  });

  constructor(private readonly access: Access) {}

  async listPools(
    clusterName: string,
    credentials: BackstageCredentials,
  ): Promise<Pool[]> {
    const { name, client } = await this.access.cluster(
      clusterName,
      airflowClusterReadPermission,
      credentials,
    );
    return this.pools.get([name], async () => ({
      value: await gather(client.read(deployment, area => area.pools())),
      keepMs: CHANGING_MS,
    }));
  }

  async listPackages(
    clusterName: string,
    credentials: BackstageCredentials,
  ): Promise<Packages> {
    const { name, client } = await this.access.cluster(
      clusterName,
      airflowClusterReadPermission,
      credentials,
    );
    return this.packages.get([name], async () => {
      const [providers, plugins] = await Promise.all([
        gather(client.read(deployment, area => area.providers())),
        gather(client.read(deployment, area => area.plugins())),
      ]);
      return { value: { providers, plugins }, keepMs: INSTALLED_MS };
    });
  }

  /** Lines about DAGs that the caller may not see are counted and left out. */
  async listActivity(
    clusterName: string,
    query: ActivityQuery,
    credentials: BackstageCredentials,
  ): Promise<ActivityPage> {
    const { name, client } = await this.access.cluster(
      clusterName,
      airflowActivityReadPermission,
      credentials,
    );
    const { cursor, ...filters } = query;
    const { offset, before } = placeOf(cursor);
    const key = [name, JSON.stringify([filters, cursor])];
    const lines = await this.activity.get(key, async () => ({
      value: await client.ask(deployment, area =>
        area.activity({ ...filters, before, offset, limit: PAGE_SIZE + 1 }),
      ),
      keepMs: CHANGING_MS,
    }));
    const page = lines.slice(0, PAGE_SIZE);
    const visible = await this.access.visible(
      name,
      page.flatMap(({ dagId }) => dagId ?? []),
      credentials,
    );
    const items = page.filter(
      ({ dagId }) => dagId === null || visible.has(dagId),
    );
    const [newest] = page;
    return {
      items,
      nextCursor:
        lines.length > PAGE_SIZE
          ? cursorOf(offset + PAGE_SIZE, before ?? after(newest.at))
          : null,
      withheld: page.length - items.length,
    };
  }
}

interface Place {
  offset: number;
  /** From where the first page began, so that lines written meanwhile shift no page. */
  before?: string;
}

function cursorOf(offset: number, before: string): string {
  return `${offset}@${before}`;
}

function placeOf(cursor: string | undefined): Place {
  if (cursor === undefined) return { offset: 0 };
  const [, offset, before] = /^(\d{1,7})@(\S+)$/.exec(cursor) ?? [];
  if (before === undefined || Number.isNaN(Date.parse(before))) {
    throw new ProblemError({
      code: 'invalid-request',
      field: 'cursor',
      message: 'cursor is not one that a page of this list gave',
      hint: 'Begin with the first page again',
    });
  }
  return { offset: Number(offset), before: new Date(before).toISOString() };
}

/** The next millisecond, since Airflow keeps finer moments than are told. */
function after(moment: string): string {
  return new Date(Date.parse(moment) + 1).toISOString();
}

async function gather<T>(pages: AsyncIterable<Page<T>>): Promise<T[]> {
  const gathered: T[] = [];
  for await (const { items } of pages) gathered.push(...items);
  return gathered;
}
