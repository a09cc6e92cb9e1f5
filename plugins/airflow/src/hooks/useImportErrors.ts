import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import { useEndpoint } from './useEndpoint';

/** DAG files that a cluster could not import. */
export function useImportErrors(cluster: string) {
  return useEndpoint(
    airflowEndpoints.listImportErrors,
    { params: {}, query: { cluster: [cluster], limit: 100 } },
    { every: 60_000 },
  );
}
