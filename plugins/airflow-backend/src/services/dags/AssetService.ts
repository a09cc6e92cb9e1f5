import {
  airflowDagReadPermission,
  type Asset,
  type AssetEvent,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { assets } from '../../airflow/areas/assets';
import type { RegisteredCluster } from '../../clusters';
import type { Access } from '../kit/Access';
import { LiveCache } from '../kit/LiveCache';
import { missingAsset } from '../kit/missing';

const KEPT_ASSETS = 50_000;
const SHOWN_EVENTS = 25;
/** They are written at any time. */
const FRESH_MS = 15_000;

/** What callers may read of what DAGs write and wait for, live. DAGs that they may not see are left out of it. */
export class AssetService {
  private readonly assets = new LiveCache<Asset[]>({
    maxSize: KEPT_ASSETS,
    sizeOf: items => items.length + 1,
  });
  private readonly events = new LiveCache<AssetEvent[]>({
    maxSize: KEPT_ASSETS,
    sizeOf: items => items.length + 1,
  });

  constructor(private readonly access: Access) {}

  async ofDag(
    clusterName: string,
    dagId: string,
    credentials: BackstageCredentials,
  ): Promise<Asset[]> {
    const cluster = await this.readable(clusterName, dagId, credentials);
    const found = await this.fetch(cluster, dagId);
    const sees = await this.access.visible(
      cluster.name,
      found.flatMap(({ consumers, producers }) => [
        ...consumers,
        ...producers.map(task => task.dagId),
      ]),
      credentials,
    );
    return found.map(asset => ({
      ...asset,
      consumers: asset.consumers.filter(id => sees.has(id)),
      producers: asset.producers.filter(task => sees.has(task.dagId)),
    }));
  }

  async listEvents(
    clusterName: string,
    dagId: string,
    assetId: number,
    credentials: BackstageCredentials,
  ): Promise<AssetEvent[]> {
    const cluster = await this.readable(clusterName, dagId, credentials);
    const { name, client } = cluster;
    const own = await this.fetch(cluster, dagId);
    if (!own.some(({ id }) => id === assetId)) {
      throw missingAsset(name, dagId, assetId);
    }
    const found = await this.events.get([name, String(assetId)], async () => ({
      value: await client.ask(assets, area =>
        area.events(assetId, SHOWN_EVENTS),
      ),
      keepMs: FRESH_MS,
    }));
    const sees = await this.access.visible(
      name,
      found.flatMap(({ source, startedRuns }) => [
        ...(source ? [source.dagId] : []),
        ...startedRuns.map(run => run.dagId),
      ]),
      credentials,
    );
    return found.map(event => ({
      ...event,
      source:
        event.source && sees.has(event.source.dagId) ? event.source : null,
      startedRuns: event.startedRuns.filter(run => sees.has(run.dagId)),
    }));
  }

  private readable(
    cluster: string,
    dagId: string,
    credentials: BackstageCredentials,
  ): Promise<RegisteredCluster> {
    return this.access.dag(
      { cluster, dagId },
      airflowDagReadPermission,
      credentials,
    );
  }

  private fetch({ name, client }: RegisteredCluster, dagId: string) {
    return this.assets.get([name, dagId], async () => ({
      value: await client.ask(assets, area => area.ofDag(dagId)),
      keepMs: FRESH_MS,
    }));
  }
}
