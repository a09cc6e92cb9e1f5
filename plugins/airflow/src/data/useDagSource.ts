import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { DagName } from './useDag';
import { useEndpoint } from './useEndpoint';

/** The code of a DAG: of one version, or the newest. */
export function useDagSource({ cluster, dagId }: DagName, version?: number) {
  return useEndpoint(
    airflowEndpoints.getDagSource,
    { params: { cluster, dagId }, query: { version } },
    { keepsPrevious: true },
  );
}

/** The versions of a DAG, newest first. */
export function useDagVersions({ cluster, dagId }: DagName) {
  return useEndpoint(airflowEndpoints.listDagVersions, {
    params: { cluster, dagId },
    query: {},
  });
}
