import {
  airflowEndpoints,
  type TriggerBody,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useApi } from '@backstage/core-plugin-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { airflowApiRef } from '../api';
import type { DagName } from './useDag';

/** Triggers a DAG; what is shown of it is read again afterwards. */
export function useTriggerDag(name: DagName) {
  const api = useApi(airflowApiRef);
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: TriggerBody) =>
      api.call(airflowEndpoints.triggerDag, {
        params: { ...name },
        query: {},
        body,
      }),
    onSuccess: refresh,
  });
}

/** Pauses or unpauses a DAG; what is shown of it is read again afterwards. */
export function useSetDagPaused(name: DagName) {
  const api = useApi(airflowApiRef);
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (paused: boolean) =>
      api.call(airflowEndpoints.setDagPaused, {
        params: { ...name },
        query: {},
        body: { paused },
      }),
    onSuccess: refresh,
  });
}

/** Sets who owns a DAG, or lets that be found out again; what is shown of it is read again afterwards. */
export function useSetDagOwner({ cluster, dagId }: DagName) {
  const api = useApi(airflowApiRef);
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: { owner: string | null; reason?: string }) =>
      api.call(airflowEndpoints.setDagOwner, {
        params: { cluster, dagId },
        query: {},
        body,
      }),
    onSuccess: refresh,
  });
}

/** Has a cluster read again now. */
export function useRefreshCluster(cluster: string) {
  const api = useApi(airflowApiRef);
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () =>
      api.call(airflowEndpoints.refreshCluster, {
        params: { cluster },
        query: {},
      }),
    onSuccess: refresh,
  });
}

/** An action may show on any page, and all of them are read from the portal's store. */
function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries();
}
