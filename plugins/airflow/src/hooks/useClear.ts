import {
  airflowEndpoints,
  type ClearBody,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useApi } from '@backstage/core-plugin-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { airflowApiRef } from '../api';
import type { RunName } from './useRuns';

/** What is to be cleared of a run. */
export type Clearing = Pick<ClearBody, 'tasks' | 'downstream' | 'onlyFailed'>;

const { clearRun } = airflowEndpoints;
const PREVIEW = `${clearRun.operationId} (dry run)`;

/** What a clear would touch now, asked anew whenever somebody is about to clear. */
export function useClearPreview(name: RunName, clearing: Clearing) {
  const api = useApi(airflowApiRef);
  const { cluster, dagId, runId } = name;
  const params = { cluster, dagId, runId };
  return useQuery({
    queryKey: [PREVIEW, params, clearing],
    queryFn: ({ signal }) =>
      api.call(clearRun, {
        params,
        query: {},
        body: { ...clearing, dryRun: true },
        signal,
      }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Clears; what is shown anywhere is read again afterwards. */
export function useClear(name: RunName) {
  const api = useApi(airflowApiRef);
  const client = useQueryClient();
  const { cluster, dagId, runId } = name;
  return useMutation({
    mutationFn: (deed: { clearing: Clearing; reason: string }) =>
      api.call(clearRun, {
        params: { cluster, dagId, runId },
        query: {},
        body: { ...deed.clearing, dryRun: false, reason: deed.reason },
      }),
    onSuccess: () => {
      client
        .invalidateQueries({
          predicate: ({ queryKey }) => queryKey[0] !== PREVIEW,
        })
        .catch(() => undefined);
    },
  });
}
