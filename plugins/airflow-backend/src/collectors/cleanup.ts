import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { AirflowConfig } from '../config';
import type { Stores } from '../store';

type RetentionMs = AirflowConfig['retentionMs'];

/** Forgets what is older than the retention, once an hour; of clusters too that are no longer configured. */
export async function scheduleCleanup(options: {
  stores: Stores;
  scheduler: SchedulerService;
  retentionMs: RetentionMs;
  /** The names of the clusters that there are. */
  configured: readonly string[];
}): Promise<void> {
  const { stores, scheduler, retentionMs, configured } = options;
  const oldest = (kept: keyof RetentionMs) =>
    new Date(Date.now() - retentionMs[kept]);
  const forget: Record<keyof RetentionMs, () => Promise<unknown>> = {
    runs: async () => {
      for (const name of await stores.collections.clusters()) {
        await stores.runs.removeBefore(name, oldest('runs'));
      }
      await stores.promisedRuns.removeBefore(oldest('runs'));
    },
    alerts: () => stores.alerts.removeBefore(oldest('alerts')),
    actions: () => stores.actions.removeBefore(oldest('actions')),
    healthSamples: () => stores.health.removeBefore(oldest('healthSamples')),
    gone: async () => {
      await stores.gone.removeDags(oldest('gone'));
      await stores.gone.removeClusters({
        configured,
        triedBefore: oldest('gone'),
      });
    },
  };
  await scheduler.scheduleTask({
    id: 'airflow-cleanup',
    scope: 'global',
    frequency: { hours: 1 },
    timeout: { minutes: 30 },
    initialDelay: { minutes: 1 },
    fn: async () => {
      for (const own of Object.values(forget)) await own();
    },
  });
}
