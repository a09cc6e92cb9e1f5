import {
  airflowActivityReadPermission,
  airflowClusterReadPermission,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { clusterParams } from './clusters';
import { endpoint, takesNothing } from './endpoint';
import {
  activitySchema,
  pluginSchema,
  poolSchema,
  providerSchema,
} from './schemas';

/**
 * Endpoints about an Airflow itself, fetched from it: pools, installed packages, and its event log.
 *
 * @public
 */
export const deploymentEndpoints = {
  listPools: endpoint({
    ...takesNothing,
    operationId: 'listPools',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/pools',
    summary: 'Pools with what takes their slots, fetched from Airflow',
    needs: { of: 'cluster', permission: airflowClusterReadPermission },
    params: clusterParams,
    response: z.object({ items: z.array(poolSchema) }),
  }),
  listPackages: endpoint({
    ...takesNothing,
    operationId: 'listPackages',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/packages',
    summary: 'Installed providers and loaded plugins, fetched from Airflow',
    needs: { of: 'cluster', permission: airflowClusterReadPermission },
    params: clusterParams,
    response: z.object({
      providers: z.array(providerSchema),
      plugins: z.array(pluginSchema),
    }),
  }),
  listActivity: endpoint({
    ...takesNothing,
    operationId: 'listActivity',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/activity',
    summary: "Airflow's own event log, newest first, fetched from Airflow",
    needs: { of: 'cluster', permission: airflowActivityReadPermission },
    params: clusterParams,
    query: z.object({
      dagId: z.string().max(250).optional(),
      /** As Airflow names it, whole. */
      event: z.string().max(250).optional(),
      who: z.string().max(500).optional(),
      /** The `nextCursor` of the page before. */
      cursor: z.string().max(100).optional(),
    }),
    response: z.object({
      items: z.array(activitySchema),
      nextCursor: z.string().nullable(),
      /** The caller may not see every DAG of the cluster; what concerns the others is left out, and not counted. */
      partial: z.boolean(),
    }),
  }),
};
