import type {
  Dag,
  DagDetails,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { DagFacets } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { dags } from '../../airflow/areas/dags';
import {
  dagKey,
  type ActionStore,
  type DagStore,
  type RunStore,
  type ZoneStore,
} from '../../store';
import type { CoverageReader } from '../kit/coverage';
import type { Answer, Asked } from '../kit/asked';
import type { LiveCache } from '../kit/LiveCache';
import { SETTLED_MS } from '../kit/LiveKind';
import { dagAlone } from '../kit/listed';
import { missingDag } from '../kit/missing';
import { orMissing } from '../kit/MissingPart';
import type { OwnerScopes } from '../owners/OwnerScopes';

const RECENT_RUNS = 25;
const LAST_ACTIONS = 20;

/** What callers may read of DAGs and do with them. */
export class DagService {
  constructor(
    private readonly ownerScopes: OwnerScopes,
    private readonly stores: {
      dags: DagStore;
      runs: RunStore;
      actions: ActionStore;
      zones: ZoneStore;
    },
    private readonly coverage: CoverageReader,
    private readonly live: LiveCache,
  ) {}

  async list({
    query: { sort, limit, cursor, scope: whose, ...asked },
    scope,
    credentials,
  }: Asked<'listDags'>): Promise<Answer<'listDags'>> {
    const owners = await this.ownerScopes.ownersOf(whose, credentials);
    const filter = { ...asked, owners };
    const [stored, coverage] = await Promise.all([
      this.stores.dags.list({ scope, filter, sort, page: { limit, cursor } }),
      this.coverage.read(scope, 'inventory', filter),
    ]);
    const zones = await this.stores.zones.read(stored.items);
    const items = stored.items.map(dag => ({
      ...dag,
      zone: zones.get(dagKey(dag)) ?? null,
    }));
    return { ...stored, items, coverage };
  }

  async facets({
    query: { scope: whose, ...asked },
    scope,
    credentials,
  }: Asked<'listDagFacets'>): Promise<DagFacets> {
    const owners = await this.ownerScopes.ownersOf(whose, credentials);
    return this.stores.dags.facets({ scope, filter: { ...asked, owners } });
  }

  async get({
    cluster: { name, client },
    params: { dagId },
  }: Asked<'getDag'>): Promise<Answer<'getDag'>> {
    const of = { cluster: name, dagId };
    const [dag, zones, recentRuns, usualDurationMs, actions] =
      await Promise.all([
        this.stores.dags.get(name, dagId),
        this.stores.zones.read([{ cluster: name, dagId }]),
        this.stores.runs.recent(name, dagId, RECENT_RUNS),
        this.stores.runs.usualDurationMs(name, dagId),
        this.stores.actions.last(of, LAST_ACTIONS),
      ]);
    if (!dag) throw missingDag(name, dagId);
    return {
      ...dag,
      webUrl: client.webUrl({ dagId }),
      zone: zones.get(dagKey(dag)) ?? null,
      recentRuns,
      usualDurationMs,
      actions: actions,
    };
  }

  async getDetails({
    cluster: { name, client },
    params: { dagId },
  }: Asked<'getDagDetails'>): Promise<DagDetails> {
    return orMissing(
      this.live.details.get([name, dagId], async () => ({
        value: await client.ask(dags, area => area.details(dagId)),
        keepMs: SETTLED_MS,
      })),
      () => missingDag(name, dagId),
    );
  }

  async setPaused({
    cluster: { name, client },
    params: { dagId },
    body: { paused },
  }: Asked<'setDagPaused'>): Promise<Dag> {
    const answered = await orMissing(
      client.ask(dags, area => area.setPaused(dagId, paused)),
      () => missingDag(name, dagId),
    );
    await this.stores.dags.savePaused(name, answered);
    const stored = await this.stores.dags.get(name, dagId);
    if (!stored) throw missingDag(name, dagId);
    return dagAlone(stored);
  }
}
