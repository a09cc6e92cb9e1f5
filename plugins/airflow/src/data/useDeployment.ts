import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useEndpoint } from './useEndpoint';

/** Pools of a cluster with what takes their slots. */
export function usePools(cluster: string) {
  return useEndpoint(
    airflowEndpoints.listPools,
    { params: { cluster }, query: {} },
    { every: 10_000 },
  );
}

/** Providers and plugins of a cluster. */
export function usePackages(cluster: string) {
  return useEndpoint(airflowEndpoints.listPackages, {
    params: { cluster },
    query: {},
  });
}

/** A page of what was done in a cluster; the first one follows what happens. */
export function useActivity(
  cluster: string,
  query: { dagId?: string; event?: string; who?: string; cursor?: string },
) {
  return useEndpoint(
    airflowEndpoints.listActivity,
    { params: { cluster }, query },
    { every: query.cursor ? false : 10_000, keepsPrevious: true },
  );
}
