import {
  airflowClusterReadPermission,
  airflowClusterRefreshPermission,
  airflowDagReadPermission,
  airflowViewPermission,
  collectionKinds,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { endpoint, takesNothing } from './endpoint';
import { pageOf, pageQuery, repeated } from './query';
import { clusterSchema, importErrorSchema, problemSchema } from './schemas';

/**
 * Reads the name of a cluster from a path.
 *
 * @public
 */
export interface ClusterPath
  extends z.ZodObject<{
    cluster: z.ZodString;
  }> {}

/**
 * Path parameters of everything about one cluster: its name, as `airflow.clusters` gives it.
 *
 * @public
 */
export const clusterParams: ClusterPath = z.object({
  cluster: z.string().min(1),
});

/**
 * The answer to a connection test.
 *
 * @public
 */
export const connectionTestSchema = z.object({
  ok: z.boolean(),
  airflowVersion: z.string().nullable(),
  apiVersion: z.enum(['v1', 'v2']).nullable(),
  durationMs: z.number(),
  problem: problemSchema.nullable(),
});

/**
 * Endpoints about clusters: list, one, connection test, reading again, and import errors.
 *
 * @public
 */
export const clusterEndpoints = {
  listClusters: endpoint({
    ...takesNothing,
    operationId: 'listClusters',
    method: 'GET',
    path: '/clusters',
    summary: 'Every configured cluster with its health, as last read',
    needs: {
      of: 'clusters',
      permission: airflowClusterReadPermission,
      basic: airflowViewPermission,
    },
    response: z.object({ items: z.array(clusterSchema) }),
  }),
  getCluster: endpoint({
    ...takesNothing,
    operationId: 'getCluster',
    method: 'GET',
    path: '/clusters/:cluster',
    summary: 'One cluster with its health, as last read',
    needs: { of: 'cluster', permission: airflowClusterReadPermission },
    params: clusterParams,
    response: clusterSchema,
  }),
  testCluster: endpoint({
    ...takesNothing,
    operationId: 'testCluster',
    method: 'POST',
    path: '/clusters/:cluster/test',
    summary: 'Connects to the cluster now and says what came of it',
    needs: { of: 'cluster', permission: airflowClusterRefreshPermission },
    params: clusterParams,
    response: connectionTestSchema,
  }),
  refreshCluster: endpoint({
    ...takesNothing,
    operationId: 'refreshCluster',
    method: 'POST',
    path: '/clusters/:cluster/refresh',
    summary: 'Reads the cluster again now, and answers when it is read',
    needs: { of: 'cluster', permission: airflowClusterRefreshPermission },
    params: clusterParams,
    body: z
      .object({ kinds: z.array(z.enum(collectionKinds)).min(1) })
      .optional(),
    response: clusterSchema,
  }),
  listImportErrors: endpoint({
    ...takesNothing,
    operationId: 'listImportErrors',
    method: 'GET',
    path: '/import-errors',
    summary: 'DAG files that an Airflow could not import',
    needs: { of: 'files', permission: airflowDagReadPermission },
    query: z.object({
      cluster: repeated(z.string()).optional(),
      /** Only of the files in which these DAGs are. */
      dagId: repeated(z.string()).optional(),
      ...pageQuery,
    }),
    response: pageOf(importErrorSchema),
  }),
};
