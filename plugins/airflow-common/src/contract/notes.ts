import { airflowNoteWritePermission } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { noteSchema } from './reasons';
import { endpoint, takesNothing } from './endpoint';
import { dagRunParams, taskParams } from './runs';

/**
 * The endpoints that write notes on runs and task instances.
 *
 * @public
 */
export const noteEndpoints = {
  setRunNote: endpoint({
    ...takesNothing,
    operationId: 'setRunNote',
    live: true,
    method: 'PATCH',
    path: '/clusters/:cluster/dags/:dagId/runs/:runId/note',
    summary: 'Writes the note of a run, or takes it away',
    needs: { of: 'dag', permission: airflowNoteWritePermission },
    writes: {
      to: 'airflow',
      events: ['run-note'],
      severity: 'medium',
      details: ({ note }) => ({ hasNote: note !== '' }),
    },
    params: dagRunParams,
    body: z.object({ note: noteSchema }),
    response: z.object({ note: z.string() }),
  }),
  setTaskNote: endpoint({
    ...takesNothing,
    operationId: 'setTaskNote',
    live: true,
    method: 'PATCH',
    path: '/clusters/:cluster/dags/:dagId/runs/:runId/tasks/:taskId/note',
    summary: 'Writes the note of a task instance, or takes it away',
    needs: { of: 'dag', permission: airflowNoteWritePermission },
    writes: {
      to: 'airflow',
      events: ['task-note'],
      severity: 'medium',
      details: ({ mapIndex, note }) => ({ mapIndex, hasNote: note !== '' }),
    },
    params: taskParams,
    body: z.object({
      note: noteSchema,
      mapIndex: z.number().int().min(-1).default(-1),
    }),
    response: z.object({ note: z.string() }),
  }),
};
