import {
  isUnfinished,
  type DagRun,
  type DagRunDetails,
  type Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { AirflowError, type AirflowRunDetails } from '../../airflow';
import { runs } from '../../airflow/areas/runs';
import { triggering } from '../../airflow/areas/triggering';
import type { RegisteredCluster } from '../../clusters';
import {
  startedRunKey,
  type ActionStore,
  type RunName,
  type RunStore,
} from '../../store';
import type { CoverageReader } from '../kit/coverage';
import type { Answer, Asked } from '../kit/asked';
import type { LiveCache } from '../kit/LiveCache';
import { CHANGING_MS, SETTLED_MS } from '../kit/LiveKind';
import { listedRun } from '../kit/listed';
import { missingDag } from '../kit/missing';
import { orMissing, type MissingPart } from '../kit/MissingPart';
import type { OwnerScopes } from '../owners/OwnerScopes';
import type { RunWaits } from './RunWaits';

const LAST_ACTIONS = 20;

/** How it ends to ask for a run that is not there, or by an id that cannot be asked for. */
const unfound: ReadonlySet<string> = new Set([
  'airflow-not-found',
  'unsupported',
]);

/** What callers may read of runs, and how they start new ones. */
export class RunService {
  constructor(
    private readonly ownerScopes: OwnerScopes,
    private readonly stores: { runs: RunStore; actions: ActionStore },
    private readonly waits: RunWaits,
    private readonly missing: MissingPart,
    private readonly coverage: CoverageReader,
    private readonly live: LiveCache,
  ) {}

  async list({
    query: { sort, limit, cursor, scope: whose, ...asked },
    scope,
    credentials,
  }: Asked<'listRuns'>): Promise<Answer<'listRuns'>> {
    const owners = await this.ownerScopes.ownersOf(whose, credentials);
    const filter = { ...asked, owners };
    const [stored, coverage] = await Promise.all([
      this.stores.runs.list({ scope, filter, sort, page: { limit, cursor } }),
      this.coverage.read(scope, 'runs', { cluster: filter.cluster }),
    ]);
    const starters = await this.stores.actions.starters(stored.items);
    const items = stored.items.map(run => {
      const startedBy = starters.get(startedRunKey(run));
      return startedBy === undefined ? run : { ...run, startedBy };
    });
    return { ...stored, items, coverage };
  }

  /** Live; as stored when Airflow cannot be read, or no longer has it. */
  async get({
    cluster,
    params: { dagId, runId },
  }: Asked<'getRun'>): Promise<Answer<'getRun'>> {
    const { name } = cluster;
    const [run, usualDurationMs, actions] = await Promise.all([
      this.liveOrStored(cluster, dagId, runId),
      this.stores.runs.usualDurationMs(name, dagId),
      this.stores.actions.last({ cluster: name, dagId, runId }, LAST_ACTIONS),
    ]);
    return {
      ...run,
      actions: actions,
      waits: await this.waits.of(run),
      webUrl: cluster.client.webUrl({ dagId, runId }),
      usualDurationMs,
    };
  }

  async trigger({
    cluster: { name, client },
    params: { dagId },
    body: { unpause, ...body },
  }: Asked<'triggerDag'>): Promise<DagRun> {
    const run = await orMissing(
      client.ask(triggering, area => area.trigger(dagId, body)),
      () => missingDag(name, dagId),
    );
    await this.stores.runs.save(name, [run]);
    return listedRun(name, run);
  }

  /** After an action on a run, so that lists show it as it now is. */
  async readAgain(
    cluster: RegisteredCluster,
    { dagId, runId }: RunName,
  ): Promise<void> {
    await unlessUnread(this.fetch(cluster, dagId, runId));
  }

  /** After an action that made or changed runs of a DAG which it does not name. */
  async readChanged(
    { name, client }: RegisteredCluster,
    dagId: string,
    since: Instant,
  ): Promise<void> {
    const save = async () => {
      const query = { dagId, updatedFrom: since };
      const pages = client.read(runs, area => area.list(query));
      for await (const { items } of pages) {
        await this.stores.runs.save(name, items);
      }
    };
    await unlessUnread(save());
  }

  private async liveOrStored(
    cluster: RegisteredCluster,
    dagId: string,
    runId: string,
  ): Promise<DagRunDetails & { stale: boolean; gone: boolean }> {
    const { name } = cluster;
    try {
      const run = await this.live.runs.get([name, dagId, runId], () =>
        this.fetch(cluster, dagId, runId),
      );
      return { ...run, stale: false, gone: false };
    } catch (error) {
      if (!(error instanceof AirflowError)) throw error;
      const isUnfound = unfound.has(error.code);
      const stored = await this.stores.runs.get(name, dagId, runId);
      if (!stored) {
        throw error.code === 'airflow-not-found'
          ? await this.missing.ofNoRun(cluster, dagId, runId)
          : error;
      }
      const listed = isUnfound ? await this.findListed(cluster, stored) : null;
      if (listed && listed !== 'unread') {
        return { cluster: name, ...listed, stale: false, gone: false };
      }
      const gone = isUnfound && listed === null;
      return {
        ...stored,
        conf: '{}',
        dataIntervalStart: null,
        dataIntervalEnd: null,
        stale: !gone,
        gone,
      };
    }
  }

  /** As the list has it: not every run is found where it is asked for by name. */
  private async findListed(
    { name, client }: RegisteredCluster,
    { dagId, runId, runAfter }: DagRun,
  ): Promise<AirflowRunDetails | 'unread' | null> {
    try {
      const found = await client.ask(runs, area =>
        area.find({ dagId, runId, runAfter }),
      );
      if (found) await this.stores.runs.save(name, [found]);
      return found;
    } catch (error) {
      if (!(error instanceof AirflowError)) throw error;
      // An Airflow 3 says so of a DAG that there is not.
      return error.code === 'airflow-not-found' ? null : 'unread';
    }
  }

  private async fetch(
    { name, client }: RegisteredCluster,
    dagId: string,
    runId: string,
  ) {
    const run = await client.ask(runs, area => area.get({ dagId, runId }));
    // Lists then show what the page shows, before the next collection.
    await this.stores.runs.save(name, [run]);
    return {
      value: { cluster: name, ...run },
      keepMs: isUnfinished(run.state) ? CHANGING_MS : SETTLED_MS,
    };
  }
}

/** The action itself went well; the next collection brings what could not be read now. */
async function unlessUnread(reading: Promise<unknown>): Promise<void> {
  try {
    await reading;
  } catch (error) {
    if (!(error instanceof AirflowError)) throw error;
  }
}
