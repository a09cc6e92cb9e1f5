import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { DagName } from './useDag';
import { useEndpoint } from './useEndpoint';

/** How the stored runs of a DAG went, over each span of days. */
export function useRunStatistics({ cluster, dagId }: DagName) {
  return useEndpoint(
    airflowEndpoints.getRunStatistics,
    { params: { cluster, dagId }, query: {} },
    { every: 60_000 },
  );
}

/** How the tasks of a DAG went over its last runs within some days. */
export function useTaskStatistics({ cluster, dagId }: DagName, days: number) {
  return useEndpoint(
    airflowEndpoints.getTaskStatistics,
    { params: { cluster, dagId }, query: { days } },
    { keepsPrevious: true },
  );
}

/** How many runs of a DAG were due on each day or hour. */
export function useCalendar(
  { cluster, dagId }: DagName,
  query: { by: 'day' | 'hour'; from: string; to: string; zone: string },
) {
  return useEndpoint(
    airflowEndpoints.getCalendar,
    { params: { cluster, dagId }, query },
    { every: 60_000, keepsPrevious: true },
  );
}
