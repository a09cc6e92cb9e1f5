import { airflowDagRefOf } from '@airflow-fleet/backstage-plugin-airflow-common';
import { useApi } from '@backstage/core-plugin-api';
import {
  AuthorizeResult,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  permissionApiRef,
  usePermission,
} from '@backstage/plugin-permission-react';
import { useQuery } from '@tanstack/react-query';
import { useClusterOf } from './useClusters';
import type { DagName } from './useDag';
import { useGone } from './useGone';

/** Whether the reader may do this to a DAG, or what is in it; the backend asks again. */
export function useMay(
  permission: ResourcePermission,
  { cluster, dagId }: DagName,
): boolean {
  const { allowed } = usePermission({
    permission,
    resourceRef: airflowDagRefOf({ cluster, dagId }),
  });
  const found = useClusterOf({ cluster });
  const isGone = useGone() !== undefined;
  return allowed && !isGone && !(found?.readOnly ?? false);
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
