import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useEndpoint } from './useEndpoint';

/** DAG files that a cluster could not import; of one DAG, its own. */
export function useImportErrors(cluster: string, dagId?: string) {
  return useEndpoint(
    airflowEndpoints.listImportErrors,
    {
      params: {},
      query: { cluster: [cluster], dagId: dagId && [dagId], limit: 100 },
    },
    { every: 60_000 },
  );
}
