import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { DagName } from './useDag';
import { useEndpoint } from './useEndpoint';

/** The backfills of a DAG, newest first; often read while one goes on. */
export function useBackfills({ cluster, dagId }: DagName) {
  return useEndpoint(
    airflowEndpoints.listBackfills,
    { params: { cluster, dagId }, query: {} },
    {
      every: data =>
        data?.items.some(({ completedAt }) => completedAt === null)
          ? 4_000
          : 30_000,
    },
  );
}
