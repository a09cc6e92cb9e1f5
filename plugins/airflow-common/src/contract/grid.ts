import { airflowDagReadPermission } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { dagParams } from './dags';
import { endpoint, takesNothing } from './endpoint';
import { repeated } from './query';
import { dagStructureSchema, taskSummarySchema } from './schemas';

/**
 * Endpoints for the grid and the graph of a DAG: its tasks, and how each stood in which run.
 *
 * @public
 */
export const gridEndpoints = {
  getDagStructure: endpoint({
    ...takesNothing,
    operationId: 'getDagStructure',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/structure',
    summary: 'The tasks of a DAG and their groups, fetched from Airflow',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: dagParams,
    response: dagStructureSchema,
  }),
  listTaskSummaries: endpoint({
    ...takesNothing,
    operationId: 'listTaskSummaries',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/task-summaries',
    summary:
      'How the tasks of a DAG stood in some runs, mapped ones taken together, fetched from Airflow in whole pages',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: dagParams,
    query: z.object({
      runId: repeated(z.string()).pipe(z.array(z.string()).max(100)),
    }),
    response: z.object({
      /** Runs that are not stored are left out. */
      items: z.array(
        z.object({ runId: z.string(), tasks: z.array(taskSummarySchema) }),
      ),
    }),
  }),
};
