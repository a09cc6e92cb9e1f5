import type { ClusterStore, HealthStore } from '../store';
import type { Collector } from './types';

/** Reads version and component health, and keeps a sample. */
export function healthCollector(stores: {
  clusters: ClusterStore;
  health: HealthStore;
}): Collector {
  return async ({ name, client }, call) => {
    const readAt = new Date();
    const info = await client.info(call);
    const components = await client.health(call);
    await stores.clusters.save(name, { info, components, readAt });
    await stores.health.add(name, { sampledAt: readAt, components });
    return { skippedRows: 0, complete: true, problem: null };
  };
}
