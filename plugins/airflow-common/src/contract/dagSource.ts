import {
  airflowDagCodeReadPermission,
  airflowDagReadPermission,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { dagParams } from './dags';
import { endpoint, takesNothing } from './endpoint';
import { dagSourceSchema, dagVersionSchema } from './schemas';

/**
 * Endpoints about the code of a DAG, fetched from Airflow.
 *
 * @public
 */
export const dagSourceEndpoints = {
  getDagSource: endpoint({
    ...takesNothing,
    operationId: 'getDagSource',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/source',
    summary: 'The code of the file that a DAG is defined in',
    needs: { of: 'dag', permission: airflowDagCodeReadPermission },
    params: dagParams,
    query: z.object({
      /** The newest when left out; Airflow 3 only. */
      version: z.coerce.number<number | string>().int().min(1).optional(),
    }),
    response: dagSourceSchema,
  }),
  listDagVersions: endpoint({
    ...takesNothing,
    operationId: 'listDagVersions',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/versions',
    summary: 'The versions of a DAG, newest first; none before Airflow 3',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: dagParams,
    response: z.object({ items: z.array(dagVersionSchema) }),
  }),
};
