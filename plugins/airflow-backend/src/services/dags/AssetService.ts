import { assets } from '../../airflow/areas/assets';
import type { RegisteredCluster } from '../../clusters';
import type { Access } from '../kit/Access';
import type { Answer, Asked } from '../kit/asked';
import type { LiveCache } from '../kit/LiveCache';
import { missingAsset } from '../kit/missing';

const SHOWN_EVENTS = 25;
/** They are written at any time. */
const FRESH_MS = 15_000;

/** What callers may read of what DAGs write and wait for, live. DAGs that they may not see are left out of it. */
export class AssetService {
  constructor(
    private readonly access: Access,
    private readonly live: LiveCache,
  ) {}

  async list({
    cluster,
    params: { dagId },
    credentials,
  }: Asked<'listDagAssets'>): Promise<Answer<'listDagAssets'>> {
    const found = await this.fetch(cluster, dagId);
    const sees = await this.access.visible(
      cluster.name,
      found.flatMap(({ consumers, producers }) => [
        ...consumers,
        ...producers.map(task => task.dagId),
      ]),
      credentials,
    );
    const items = found.map(asset => ({
      ...asset,
      consumers: asset.consumers.filter(id => sees.has(id)),
      producers: asset.producers.filter(task => sees.has(task.dagId)),
    }));
    return { items };
  }

  async listEvents({
    cluster,
    params: { dagId, assetId },
    credentials,
  }: Asked<'listAssetEvents'>): Promise<Answer<'listAssetEvents'>> {
    const { name, client } = cluster;
    const own = await this.fetch(cluster, dagId);
    if (!own.some(({ id }) => id === assetId)) {
      throw missingAsset(name, dagId, assetId);
    }
    const key = [name, dagId, String(assetId)] as const;
    const found = await this.live.assetEvents.get(key, async () => ({
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
    const items = found.map(event => ({
      ...event,
      source:
        event.source && sees.has(event.source.dagId) ? event.source : null,
      startedRuns: event.startedRuns.filter(run => sees.has(run.dagId)),
    }));
    return { items };
  }

  private fetch({ name, client }: RegisteredCluster, dagId: string) {
    return this.live.assets.get([name, dagId], async () => ({
      value: await client.ask(assets, area => area.ofDag(dagId)),
      keepMs: FRESH_MS,
    }));
  }
}
