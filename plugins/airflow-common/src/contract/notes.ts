import { z } from 'zod';
import {
  airflowDagReadPermission,
  airflowNoteWritePermission,
} from '../permissions';
import { noteSchema } from './deed';
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
    permissions: [airflowDagReadPermission, airflowNoteWritePermission],
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
    permissions: [airflowDagReadPermission, airflowNoteWritePermission],
    params: taskParams,
    body: z.object({
      note: noteSchema,
      mapIndex: z.number().int().min(-1).default(-1),
    }),
    response: z.object({ note: z.string() }),
  }),
};
