import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import { useApi } from '@backstage/core-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { airflowApiRef } from '../api';

/** Every cluster that the reader may see, read again every 30 seconds while the page is looked at. */
export function useClusters() {
  const api = useApi(airflowApiRef);
  return useQuery({
    queryKey: ['clusters'],
    queryFn: ({ signal }) =>
      api.call(airflowEndpoints.listClusters, {
        params: {},
        query: {},
        signal,
      }),
    refetchInterval: 30_000,
  });
}
