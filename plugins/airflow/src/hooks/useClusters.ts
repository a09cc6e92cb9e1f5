import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import { useEndpoint } from './useEndpoint';

/** Every cluster that the reader may see. */
export function useClusters() {
  return useEndpoint(
    airflowEndpoints.listClusters,
    { params: {}, query: {} },
    { every: 30_000 },
  );
}

/** One cluster. */
export function useCluster(cluster: string) {
  return useEndpoint(
    airflowEndpoints.getCluster,
    { params: { cluster }, query: {} },
    { every: 30_000 },
  );
}
