import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { DagName } from './useDag';
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

/** The cluster that something is on, once it is known. */
export function useClusterOf({
  cluster,
}: Pick<DagName, 'cluster'>): Cluster | undefined {
  const { data } = useClusters();
  return data?.items.find(({ name }) => name === cluster);
}
