import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { AirflowConfig } from '../config';
import type { Stores } from '../store';

/** Forgets what is older than the retention, once an hour; of clusters too that are no longer configured. */
export async function scheduleCleanup(options: {
  stores: Stores;
  scheduler: SchedulerService;
  retentionMs: AirflowConfig['retentionMs'];
  /** The names of the clusters that there are. */
  configured: readonly string[];
}): Promise<void> {
  const { stores, scheduler, retentionMs, configured } = options;
  const before = (ageMs: number) => new Date(Date.now() - ageMs);
  await scheduler.scheduleTask({
    id: 'airflow-cleanup',
    scope: 'global',
    frequency: { hours: 1 },
    timeout: { minutes: 30 },
    initialDelay: { minutes: 1 },
    fn: async () => {
      for (const name of await stores.collections.clusters()) {
        await stores.runs.removeBefore(name, before(retentionMs.runs));
      }
      await stores.promisedRuns.removeBefore(before(retentionMs.runs));
      await stores.alerts.removeBefore(before(retentionMs.alerts));
      await stores.deeds.removeBefore(before(retentionMs.deeds));
      await stores.health.removeBefore(before(retentionMs.healthSamples));
      await stores.gone.removeDags(before(retentionMs.gone));
      await stores.gone.removeClusters({
        configured,
        triedBefore: before(retentionMs.gone),
      });
    },
  });
}
