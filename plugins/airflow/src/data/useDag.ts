import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useEndpoint } from './useEndpoint';

/** Names one DAG of the fleet. */
export interface DagName {
  cluster: string;
  dagId: string;
}

/** A DAG with its last runs, as stored. */
export function useDag({ cluster, dagId }: DagName) {
  return useEndpoint(
    airflowEndpoints.getDag,
    { params: { cluster, dagId }, query: {} },
    { every: 10_000 },
  );
}

/** What that answers. */
export type DagWithRuns = NonNullable<ReturnType<typeof useDag>['data']>;

/** Docs, parameters and limits of a DAG, from Airflow. */
export function useDagDetails({ cluster, dagId }: DagName) {
  return useEndpoint(airflowEndpoints.getDagDetails, {
    params: { cluster, dagId },
    query: {},
  });
}

/** Task instances by state for some runs of a DAG, from Airflow. */
export function useTaskCounts({ cluster, dagId }: DagName, runIds: string[]) {
  return useEndpoint(
    airflowEndpoints.listTaskCounts,
    { params: { cluster, dagId }, query: { runId: runIds } },
    { every: 10_000, keepsPrevious: true, enabled: runIds.length > 0 },
  );
}
