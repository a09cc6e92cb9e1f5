import {
  airflowDagPausePermission,
  airflowDagReadPermission,
  type Dag,
  type DagDetails,
  type DagFacets,
  type dagEndpoints,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import type { z } from 'zod';
import { dags } from '../../airflow/areas/dags';
import {
  dagKey,
  type DeedStore,
  type DagStore,
  type RunStore,
  type ZoneStore,
} from '../../store';
import type { Access } from '../kit/Access';
import type { Audit } from '../kit/Audit';
import type { CoverageReader } from '../kit/coverage';
import { LiveCache, SETTLED_MS } from '../kit/LiveCache';
import { dagAlone } from '../kit/listed';
import { missingDag } from '../kit/missing';
import { orMissing } from '../kit/MissingPart';
import type { OwnerScopes } from '../owners/OwnerScopes';

type DagPage = z.output<typeof dagEndpoints.listDags.response>;
type DagQuery = z.output<typeof dagEndpoints.listDags.query>;
type DagFacetQuery = z.output<typeof dagEndpoints.listDagFacets.query>;
type DagWithRuns = z.output<typeof dagEndpoints.getDag.response>;
type PauseBody = z.output<typeof dagEndpoints.setDagPaused.body>;

const RECENT_RUNS = 25;
const LAST_DEEDS = 20;
const KEPT_DETAILS = 1_000;

/** What callers may read of DAGs and do with them. */
export class DagService {
  private readonly details = new LiveCache<DagDetails>({
    maxSize: KEPT_DETAILS,
    sizeOf: () => 1,
  });

  constructor(
    private readonly access: Access,
    private readonly ownerScopes: OwnerScopes,
    private readonly stores: {
      dags: DagStore;
      runs: RunStore;
      deeds: DeedStore;
      zones: ZoneStore;
    },
    private readonly coverage: CoverageReader,
    private readonly audit: Audit,
  ) {}

  async list(
    query: DagQuery,
    credentials: BackstageCredentials,
  ): Promise<DagPage> {
    const scope = await this.access.dags(credentials);
    const { sort, limit, cursor, scope: whose, ...asked } = query;
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

  async facets(
    query: DagFacetQuery,
    credentials: BackstageCredentials,
  ): Promise<DagFacets> {
    const scope = await this.access.dags(credentials);
    const { scope: whose, ...asked } = query;
    const owners = await this.ownerScopes.ownersOf(whose, credentials);
    return this.stores.dags.facets({ scope, filter: { ...asked, owners } });
  }

  async get(
    clusterName: string,
    dagId: string,
    credentials: BackstageCredentials,
  ): Promise<DagWithRuns> {
    const { name, client } = await this.access.dag(
      { cluster: clusterName, dagId },
      airflowDagReadPermission,
      credentials,
    );
    const of = { cluster: name, dagId };
    const [dag, zones, recentRuns, usualDurationMs, deeds] = await Promise.all([
      this.stores.dags.get(name, dagId),
      this.stores.zones.read([{ cluster: name, dagId }]),
      this.stores.runs.recent(name, dagId, RECENT_RUNS),
      this.stores.runs.usualDurationMs(name, dagId),
      this.stores.deeds.last(of, LAST_DEEDS),
    ]);
    if (!dag) throw missingDag(name, dagId);
    return {
      ...dag,
      webUrl: client.webUrl({ dagId }),
      zone: zones.get(dagKey(dag)) ?? null,
      recentRuns,
      usualDurationMs,
      deeds,
    };
  }

  async getDetails(
    clusterName: string,
    dagId: string,
    credentials: BackstageCredentials,
  ): Promise<DagDetails> {
    const { name, client } = await this.access.dag(
      { cluster: clusterName, dagId },
      airflowDagReadPermission,
      credentials,
    );
    return orMissing(
      this.details.get([name, dagId], async () => ({
        value: await client.ask(dags, area => area.details(dagId)),
        keepMs: SETTLED_MS,
      })),
      () => missingDag(name, dagId),
    );
  }

  async setPaused(
    clusterName: string,
    dagId: string,
    body: PauseBody,
    credentials: BackstageCredentials,
    request: Request,
  ): Promise<Dag> {
    const { paused, reason } = body;
    const deed = {
      eventId: paused ? 'dag-pause' : 'dag-unpause',
      severityLevel: 'medium' as const,
      meta: { cluster: clusterName, dagId, ...(reason && { reason }) },
      request,
    };
    return this.audit.record(deed, async () => {
      const { name, client } = await this.access.writableDag(
        { cluster: clusterName, dagId },
        airflowDagPausePermission,
        credentials,
      );
      const answered = await orMissing(
        client.ask(dags, area => area.setPaused(dagId, paused)),
        () => missingDag(name, dagId),
      );
      await this.stores.dags.savePaused(name, answered);
      const stored = await this.stores.dags.get(name, dagId);
      if (!stored) throw missingDag(name, dagId);
      return dagAlone(stored);
    });
  }
}
