import {
  airflowEndpoints,
  type dagFilterQuery,
  type DagSort,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { z } from 'zod';
import { useEndpoint } from './useEndpoint';

/** What the DAG list is narrowed to. */
export type DagFilter = z.output<z.ZodObject<typeof dagFilterQuery>>;

/** One page of the fleet's DAGs. */
export function useDags(query: {
  filter: DagFilter;
  sort: DagSort;
  limit: number;
  cursor?: string;
  enabled?: boolean;
}) {
  const { filter, enabled, ...page } = query;
  return useEndpoint(
    airflowEndpoints.listDags,
    { params: {}, query: { ...filter, ...page } },
    { every: 30_000, keepsPrevious: true, enabled },
  );
}

/** How many DAGs each value of each filter would show. */
export function useDagFacets(filter: DagFilter) {
  return useEndpoint(
    airflowEndpoints.listDagFacets,
    { params: {}, query: filter },
    { every: 60_000, keepsPrevious: true },
  );
}
