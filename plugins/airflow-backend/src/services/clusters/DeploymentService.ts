import type {
  Activity,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Page } from '../../airflow';
import type { RegisteredCluster } from '../../clusters';
import { deployment } from '../../airflow/areas/deployment';
import type { ActionStore } from '../../store';
import type { Access } from '../kit/Access';
import { joinActions, PAIRED_MS } from '../actions/joinActions';
import type { Answer, Asked } from '../kit/asked';
import type { LiveCache } from '../kit/LiveCache';
import { CHANGING_MS, SETTLED_MS } from '../kit/LiveKind';
import { ProblemError } from '../kit/ProblemError';

type Packages = Answer<'listPackages'>;
type ActivityQuery = Asked<'listActivity'>['query'];
type ActivityPage = Answer<'listActivity'>;

const PAGE_SIZE = 50;
/** Lines of the page before that are read again, as an action that is told with them is not told anew. */
const MOST_LEADING = 49;
const MOST_ACTIONS = 200;
/** What is installed changes when an Airflow is deployed anew. */
const INSTALLED_MS = 10 * SETTLED_MS;

/** What callers may read of an Airflow beside its DAGs, live. */
export class DeploymentService {
  constructor(
    private readonly access: Access,
    private readonly actions: ActionStore,
    private readonly live: LiveCache,
  ) {}

  async listPools({
    cluster: { name, client },
  }: Asked<'listPools'>): Promise<Answer<'listPools'>> {
    const items = await this.live.pools.get([name, null], async () => ({
      value: await gather(client.read(deployment, area => area.pools())),
      keepMs: CHANGING_MS,
    }));
    return { items };
  }

  async listPackages({
    cluster: { name, client },
  }: Asked<'listPackages'>): Promise<Packages> {
    return this.live.packages.get([name, null], async () => {
      const [providers, plugins] = await Promise.all([
        gather(client.read(deployment, area => area.providers())),
        gather(client.read(deployment, area => area.plugins())),
      ]);
      return { value: { providers, plugins }, keepMs: INSTALLED_MS };
    });
  }

  /**
   * Lines about DAGs that the caller may not see are left out. Nothing that Airflow is asked for may depend on them
   * then: by its event and its author, how long a page is would tell who did what to them.
   */
  async listActivity({
    cluster,
    query,
    credentials,
  }: Asked<'listActivity'>): Promise<ActivityPage> {
    if (await this.access.seesAll(cluster.name, credentials)) {
      const page = await this.readActivity(cluster, query);
      return { ...page, partial: false };
    }
    const { dagId, event, who, cursor } = query;
    const mayAsk = async (ids: string[]) =>
      this.access.visible(cluster.name, ids, credentials);
    if (dagId !== undefined) {
      if (!(await mayAsk([dagId])).has(dagId)) {
        return { items: [], nextCursor: null, partial: true };
      }
      const page = await this.readActivity(cluster, query);
      return { ...page, partial: true };
    }
    const { items, nextCursor } = await this.readActivity(cluster, { cursor });
    const visible = await mayAsk(items.flatMap(dagsOf));
    const shown = items.filter(
      line =>
        isAsked(line, { event, who }) &&
        isOfKnownDag(line) &&
        dagsOf(line).every(id => visible.has(id)),
    );
    return { items: shown, nextCursor, partial: true };
  }

  private async readActivity(
    { name, client }: RegisteredCluster,
    query: ActivityQuery,
  ): Promise<Omit<ActivityPage, 'partial'>> {
    const { cursor, ...filters } = query;
    const { offset, before, until } = placeOf(cursor);
    const lead = Math.min(offset, MOST_LEADING);
    const asked = JSON.stringify([filters, cursor]);
    const lines = await this.live.activity.get(
      [name, null, asked],
      async () => ({
        value: await client.ask(deployment, area =>
          area.activity({
            ...filters,
            before,
            offset: offset - lead,
            limit: lead + PAGE_SIZE + 1,
          }),
        ),
        keepMs: CHANGING_MS,
      }),
    );
    const page = lines.slice(lead, lead + PAGE_SIZE);
    const isLast = lines.length <= lead + PAGE_SIZE;
    const oldest = isLast ? undefined : page.at(-1)?.at;
    const items = await this.withActions(name, query, {
      page,
      before: lines.slice(0, lead),
      oldest,
      until,
    });
    return {
      items,
      nextCursor:
        oldest === undefined
          ? null
          : cursorOf({
              offset: offset + PAGE_SIZE,
              before: before ?? after(page[0].at),
              until: oldest,
            }),
    };
  }

  /**
   * With the portal's own actions of the time that a page is about. An action and its line are a minute apart at most, so
   * that what lies so near to the page's end is told with the page after, where its line may be.
   */
  private async withActions(
    cluster: string,
    { dagId, event, who }: ActivityQuery,
    of: {
      page: readonly Activity[];
      before: readonly Activity[];
      oldest?: Instant;
      until?: Instant;
    },
  ): Promise<Activity[]> {
    const { page, before, oldest, until } = of;
    const since = oldest === undefined ? 0 : Date.parse(oldest) + PAIRED_MS;
    const to =
      (until === undefined ? Date.now() : Date.parse(until)) + PAIRED_MS;
    const from = new Date(Math.max(0, since - 2 * PAIRED_MS));
    const actions = await this.actions.within(
      { cluster, dagId, from, to: new Date(to) },
      MOST_ACTIONS,
    );
    const newest = before.length > 0 ? Date.parse(before[0].at) : Infinity;
    const joined = joinActions(
      [...before, ...page],
      actions,
      action =>
        Date.parse(action.at) > since &&
        // What is newer has its line on a page that was told already, where Airflow has a line of it.
        (Date.parse(action.at) <= newest || action.error !== null) &&
        (event === undefined || event === action.event) &&
        (who === undefined || who === action.who),
    );
    const known = new Set(before.map(({ id }) => id));
    return joined.filter(({ id }) => !known.has(id));
  }
}

/** The DAGs that a line speaks of: Airflow leaves out what the portal's own note beside it tells. */
function dagsOf({ dagId, portal }: Activity): string[] {
  return [dagId, portal?.dagId].flatMap(id => id ?? []);
}

/** A run or task without its DAG may be of any. */
function isOfKnownDag(line: Activity): boolean {
  const isOfDag = line.runId !== null || line.taskId !== null;
  return !isOfDag || dagsOf(line).length > 0;
}

/** As Airflow and the portal each filter their own lines. */
function isAsked(
  line: Activity,
  { event, who }: Pick<ActivityQuery, 'event' | 'who'>,
): boolean {
  const own = { event: line.portal?.event, who: line.portal?.who };
  return (
    (event === undefined || event === line.event || event === own.event) &&
    (who === undefined || who === line.who || who === own.who)
  );
}

interface Place {
  offset: number;
  /** From where the first page began, so that lines written meanwhile shift no page. */
  before?: Instant;
  /** The oldest line of the page before. */
  until?: Instant;
}

function cursorOf({ offset, before, until }: Required<Place>): string {
  return `${offset}@${before}@${until}`;
}

function placeOf(cursor: string | undefined): Place {
  if (cursor === undefined) return { offset: 0 };
  const [, offset, ...moments] =
    /^(\d{1,7})@(\d{4}-[^@]+Z)@(\d{4}-[^@]+Z)$/.exec(cursor) ?? [];
  const [before, until] = moments.map(moment => new Date(moment));
  if (!before || Number.isNaN(before.getTime() + until.getTime())) {
    throw new ProblemError({
      code: 'invalid-request',
      field: 'cursor',
      message: 'cursor is not one that a page of this list gave',
      hint: 'Begin with the first page again',
    });
  }
  return {
    offset: Number(offset),
    before: before.toISOString(),
    until: until.toISOString(),
  };
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
