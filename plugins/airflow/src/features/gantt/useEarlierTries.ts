import type {
  TaskInstance,
  TaskTry,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useApi } from '@backstage/core-plugin-api';
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { airflowApiRef } from '../../data/api';
import type { RunName } from '../../data/useRuns';
import { instanceKey } from './ganttRows';

const { listTaskTries } = airflowEndpoints;

/** Airflow tells the attempts of one task at a time, so those of more are left out. */
export const MOST_RETRIED = 20;

/** The task instances of a run that were tried more than once, as far as their attempts are asked for. */
export function retriedOf(instances: readonly TaskInstance[]): TaskInstance[] {
  return instances.filter(({ tryNumber }) => tryNumber > 1);
}

interface Tried {
  key: string;
  items: TaskTry[];
}

function combine(results: UseQueryResult<Tried>[]) {
  return {
    tries: new Map(
      results.flatMap(({ data }): [string, TaskTry[]][] =>
        data ? [[data.key, data.items]] : [],
      ),
    ),
    error: results.find(({ error }) => error)?.error ?? null,
  };
}

/** The attempts of the first tasks given. */
export function useEarlierTries(
  { cluster, dagId, runId }: RunName,
  retried: readonly TaskInstance[],
) {
  const api = useApi(airflowApiRef);
  return useQueries({
    queries: retried.slice(0, MOST_RETRIED).map(instance => {
      const { taskId, mapIndex } = instance;
      const params = { cluster, dagId, runId, taskId };
      const query = { mapIndex };
      return {
        queryKey: ['earlier tries', params, query, instance.tryNumber],
        queryFn: async ({ signal }: { signal: AbortSignal }) => ({
          key: instanceKey(instance),
          items: (await api.call(listTaskTries, { params, query, signal }))
            .items,
        }),
        staleTime: Infinity,
      };
    }),
    combine,
  });
}
