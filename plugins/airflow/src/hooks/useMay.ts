import {
  airflowDagRefOf,
  type Cluster,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { useClusters } from './useClusters';
import type { DagName } from './useDag';

/** Whether the reader may do this to a DAG; the backend asks again. */
export function useMay(
  permission: ResourcePermission,
  { cluster, dagId }: DagName,
): boolean {
  const { allowed } = usePermission({
    permission,
    resourceRef: airflowDagRefOf({ cluster, dagId }),
  });
  const found = useClusterOf({ cluster });
  return allowed && !(found?.readOnly ?? false);
}

/** The cluster that something is on, once it is known. */
export function useClusterOf({
  cluster,
}: Pick<DagName, 'cluster'>): Cluster | undefined {
  const { data } = useClusters();
  return data?.items.find(({ name }) => name === cluster);
}
