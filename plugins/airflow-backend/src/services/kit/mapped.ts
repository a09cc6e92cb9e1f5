import {
  countTaskStates,
  type TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { taskEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { z } from 'zod';

type Query = z.output<typeof taskEndpoints.listMappedInstances.query>;
type MappedPage = z.output<typeof taskEndpoints.listMappedInstances.response>;

type Order = {
  field: 'mapIndex' | 'startedAt' | 'durationMs';
  direction: 1 | -1;
};

const orders: Record<Query['sort'], Order> = {
  mapIndex: { field: 'mapIndex', direction: 1 },
  '-mapIndex': { field: 'mapIndex', direction: -1 },
  startedAt: { field: 'startedAt', direction: 1 },
  '-startedAt': { field: 'startedAt', direction: -1 },
  durationMs: { field: 'durationMs', direction: 1 },
  '-durationMs': { field: 'durationMs', direction: -1 },
};

/** What is not there comes last, whichever the order. */
function compare(
  a: string | number | null,
  b: string | number | null,
  direction: 1 | -1,
): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -direction : direction;
}

/** The page of a mapped task's instances that is asked for, with how many there are in each state. */
export function mappedPage(
  instances: readonly TaskInstance[],
  { state, sort, limit, offset }: Query,
): MappedPage {
  const { field, direction } = orders[sort];
  const meant = instances
    .filter(instance => !state || state.includes(instance.state))
    .sort(
      (a, b) =>
        compare(a[field], b[field], direction) || a.mapIndex - b.mapIndex,
    );
  return {
    items: meant.slice(offset, offset + limit),
    total: meant.length,
    counts: countTaskStates(instances),
  };
}
