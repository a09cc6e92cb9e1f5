import { health } from '../airflow/areas/health';
import type { ClusterStore, HealthStore } from '../store';
import { clockOf } from './clock';
import { seenComponents } from './heartbeats';
import type { Collector } from './types';

/** Reads version, component health and the clock, and keeps a sample. */
export function healthCollector(stores: {
  clusters: ClusterStore;
  health: HealthStore;
}): Collector {
  return async ({ name, client }, call) => {
    const readAt = new Date();
    const info = await client.info(call);
    const reported = await client.ask(health, area => area.components(), call);
    const before = await stores.clusters.components(name);
    const asked = { begunAt: readAt, endedAt: new Date() };
    const measured = clockOf(client.clock(), reported, asked, before);
    const clock = measured ?? (await stores.clusters.clock(name));
    const components = seenComponents(reported, before, clock, readAt);
    await stores.clusters.save(name, {
      info,
      components,
      clock: measured,
      readAt,
    });
    await stores.health.add(name, { sampledAt: readAt, components });
    return { skippedRows: 0, complete: true, problem: null };
  };
}
