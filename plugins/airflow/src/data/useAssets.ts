import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { DagName } from './useDag';
import { useEndpoint } from './useEndpoint';

/** What a DAG writes and waits for. */
export function useDagAssets({ cluster, dagId }: DagName) {
  return useEndpoint(
    airflowEndpoints.listDagAssets,
    { params: { cluster, dagId }, query: {} },
    { every: 30_000 },
  );
}

/** The last writings of an asset. */
export function useAssetEvents({ cluster, dagId }: DagName, assetId: number) {
  return useEndpoint(
    airflowEndpoints.listAssetEvents,
    { params: { cluster, dagId, assetId }, query: {} },
    { every: 30_000 },
  );
}
