import type { deliveryStatuses } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  airflowEndpoints,
  type alertFilterQuery,
  type alertSorts,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { z } from 'zod';
import { useEndpoint } from './useEndpoint';
import { useLivePace } from './useLive';

/** What the alert list is narrowed to. */
export type AlertFilter = z.output<z.ZodObject<typeof alertFilterQuery>>;

/** How the alert list is sorted. */
export type AlertSort = (typeof alertSorts)[number];

/** One page of the fleet's alerts. */
export function useAlerts(query: {
  filter: AlertFilter;
  sort?: AlertSort;
  limit: number;
  cursor?: string;
  enabled?: boolean;
}) {
  const { filter, enabled, ...page } = query;
  return useEndpoint(
    airflowEndpoints.listAlerts,
    { params: {}, query: { ...filter, ...page } },
    { every: useLivePace(), keepsPrevious: true, enabled },
  );
}

/** How many alerts each value of each filter would show. */
export function useAlertFacets(filter: AlertFilter) {
  return useEndpoint(
    airflowEndpoints.listAlertFacets,
    { params: {}, query: filter },
    { every: 60_000, keepsPrevious: true },
  );
}

/** One alert with all that is known of it. */
export function useAlert(alertId: string) {
  return useEndpoint(
    airflowEndpoints.getAlert,
    { params: { alertId }, query: {} },
    { every: useLivePace() },
  );
}

/** The rules in force. */
export function useAlertRules() {
  return useEndpoint(
    airflowEndpoints.listAlertRules,
    { params: {}, query: {} },
    { every: 60_000 },
  );
}

/** One page of what was sent, newest first. */
export function useDeliveries(query: {
  status?: (typeof deliveryStatuses)[number][];
  limit: number;
  cursor?: string;
  enabled: boolean;
}) {
  const { enabled, ...page } = query;
  return useEndpoint(
    airflowEndpoints.listDeliveries,
    { params: {}, query: page },
    { every: useLivePace(), keepsPrevious: true, enabled },
  );
}
