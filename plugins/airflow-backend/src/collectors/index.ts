import type { CollectionKind } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { OwnershipKeeper } from '../ownership';
import type { Stores } from '../store';
import { healthCollector } from './health';
import { inventoryCollector } from './inventory';
import { runsCollector } from './runs';
import type { Collector } from './types';
import { WriteAccessKeeper } from './writeAccess';
import { ZoneKeeper } from './ZoneKeeper';

export { scheduleCleanup } from './cleanup';
export { CollectionScheduler } from './CollectionScheduler';

/** One collector for each kind of fact. */
export function createCollectors(
  stores: Stores,
  options: { historyMs: number; ownership: OwnershipKeeper },
): Record<CollectionKind, Collector> {
  return {
    health: healthCollector(stores),
    inventory: inventoryCollector(
      stores,
      options.ownership,
      new ZoneKeeper(stores.zones),
      new WriteAccessKeeper(stores.clusters),
    ),
    runs: runsCollector(stores, options),
  };
}
