import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import { useApi } from '@backstage/core-plugin-api';
import {
  AuthorizeResult,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { airflowApiRef } from '../api';

/** Takes alerts; what is shown is read again afterwards. */
export function useAcknowledgeAlerts() {
  const api = useApi(airflowApiRef);
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: { ids: string[]; note?: string }) =>
      api.call(airflowEndpoints.acknowledgeAlerts, {
        params: {},
        query: {},
        body,
      }),
    onSuccess: refresh,
  });
}

/** Closes alerts by hand; what is shown is read again afterwards. */
export function useResolveAlerts() {
  const api = useApi(airflowApiRef);
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: { ids: string[]; reason: string }) =>
      api.call(airflowEndpoints.resolveAlerts, {
        params: {},
        query: {},
        body,
      }),
    onSuccess: refresh,
  });
}

/** Tries a dead delivery again. */
export function useResendDelivery() {
  const api = useApi(airflowApiRef);
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (deliveryId: string) =>
      api.call(airflowEndpoints.resendDelivery, {
        params: { deliveryId },
        query: {},
      }),
    onSuccess: refresh,
  });
}

/** Whether the reader may act on at least one of these alerts; what may not be done is refused one by one. */
export function useMayActOnSome(
  permission: ResourcePermission,
  alertIds: readonly string[],
): boolean {
  const permissions = useApi(permissionApiRef);
  const { data = false } = useQuery({
    queryKey: ['may', permission.name, alertIds],
    // The permission API asks the backend once for all of them.
    queryFn: async () => {
      const answers = await Promise.all(
        alertIds.map(resourceRef =>
          permissions.authorize({ permission, resourceRef }),
        ),
      );
      return answers.some(({ result }) => result === AuthorizeResult.ALLOW);
    },
    enabled: alertIds.length > 0,
    staleTime: 60_000,
  });
  return data;
}

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries();
}
