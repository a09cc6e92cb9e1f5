import {
  airflowDagDeletePermission,
  airflowDagReparsePermission,
  airflowRunDeletePermission,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { dagParams } from './dags';
import { actionReasonSchema } from './reasons';
import { endpoint, takesNothing } from './endpoint';
import { dagRunParams } from './runs';

const reasonBody = z.object({ reason: actionReasonSchema });

/**
 * The endpoints that delete runs and DAGs in Airflow, and that have a DAG's file parsed again.
 *
 * @public
 */
export const removalEndpoints = {
  deleteRun: endpoint({
    ...takesNothing,
    operationId: 'deleteRun',
    live: true,
    method: 'POST',
    path: '/clusters/:cluster/dags/:dagId/runs/:runId/delete',
    summary: 'Deletes a run with its task instances from Airflow',
    needs: { of: 'dag', permission: airflowRunDeletePermission },
    writes: { to: 'airflow', events: ['run-delete'], severity: 'medium' },
    params: dagRunParams,
    body: reasonBody,
    response: z.object({}),
  }),
  deleteDag: endpoint({
    ...takesNothing,
    operationId: 'deleteDag',
    live: true,
    method: 'POST',
    path: '/clusters/:cluster/dags/:dagId/delete',
    summary:
      "Deletes all that Airflow knows of a DAG; the DAG comes back while its file is there, its runs don't",
    needs: { of: 'dag', permission: airflowDagDeletePermission },
    writes: { to: 'airflow', events: ['dag-delete'], severity: 'high' },
    params: dagParams,
    body: reasonBody.extend({
      /** The id of the DAG once more, so that nothing is deleted by a slip. */
      confirm: z.string(),
    }),
    response: z.object({}),
  }),
  reparseDag: endpoint({
    ...takesNothing,
    operationId: 'reparseDag',
    live: true,
    method: 'POST',
    path: '/clusters/:cluster/dags/:dagId/reparse',
    summary: "Has Airflow parse the DAG's file again soon",
    needs: { of: 'dag', permission: airflowDagReparsePermission },
    writes: { to: 'airflow', events: ['dag-reparse'], severity: 'low' },
    params: dagParams,
    body: reasonBody,
    response: z.object({}),
  }),
};
