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

/**
 * Why the reader may not do this to a DAG; null when that is allowed. The backend asks again.
 *
 * @param options - `evenGone` for what can be done to something that is gone from Airflow too
 */
export function useRefusal(
  permission: ResourcePermission,
  { cluster, dagId }: DagName,
  { evenGone = false }: { evenGone?: boolean } = {},
): string | null {
  const { allowed, loading } = usePermission({
    permission,
    resourceRef: airflowDagRefOf({ cluster, dagId }),
  });
  const found = useClusterOf({ cluster });
  const gone = useGone();
  if (gone && !evenGone) return `${gone} is gone from Airflow`;
  if (found?.readOnly) return `Cluster ${found.title} is read-only here`;
  if (found?.mayWrite === false) {
    return `The user that the portal signs in as may only read in ${found.title}`;
  }
  if (allowed) return null;
  return loading
    ? 'It is being asked whether you may'
    : `You lack the permission ${permission.name} for this DAG`;
}

/** Whether the reader may do this to a DAG; see {@link useRefusal}. */
export function useMay(permission: ResourcePermission, name: DagName): boolean {
  return useRefusal(permission, name) === null;
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
