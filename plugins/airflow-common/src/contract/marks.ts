import { airflowRunMarkPermission } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { clearedTaskSchema } from './clear';
import { actionReasonSchema, taskSelectionSchema } from './reasons';
import { endpoint, takesNothing } from './endpoint';
import { dagRunParams } from './runs';
import { dagRunSchema } from './schemas';

/**
 * The states that a person can give to a run or a task.
 *
 * @public
 */
export const markSchema = z.enum(['success', 'failed']);

/**
 * A state that a person can give to a run or a task; see {@link markSchema}.
 *
 * @public
 */
export type Mark = z.infer<typeof markSchema>;

/**
 * Which tasks of a run are to be marked: these, with what comes before or after them where that is set. What is in
 * the state already is left alone.
 *
 * @public
 */
export const markTasksBodySchema = z.object({
  state: markSchema,
  tasks: taskSelectionSchema.min(1).max(500),
  upstream: z.boolean().default(false),
  downstream: z.boolean().default(false),
  /** Tells what would be marked, and changes nothing. */
  dryRun: z.boolean(),
  reason: actionReasonSchema,
});

/**
 * Which tasks of a run are to be marked; see {@link markTasksBodySchema}.
 *
 * @public
 */
export type MarkTasksBody = z.infer<typeof markTasksBodySchema>;

/**
 * The endpoints that mark runs and tasks as successful or failed.
 *
 * @public
 */
export const markEndpoints = {
  markRun: endpoint({
    ...takesNothing,
    operationId: 'markRun',
    live: true,
    method: 'POST',
    path: '/clusters/:cluster/dags/:dagId/runs/:runId/mark',
    summary: 'Marks a run as successful or failed, and its tasks with it',
    needs: { of: 'dag', permission: airflowRunMarkPermission },
    writes: {
      to: 'airflow',
      events: ['run-mark'],
      severity: 'medium',
      details: ({ state }) => ({ state }),
    },
    params: dagRunParams,
    body: z.object({ state: markSchema, reason: actionReasonSchema }),
    response: dagRunSchema,
  }),
  markTasks: endpoint({
    ...takesNothing,
    operationId: 'markTasks',
    live: true,
    method: 'POST',
    path: '/clusters/:cluster/dags/:dagId/runs/:runId/mark-tasks',
    summary:
      'Marks tasks of a run as successful or failed; tells what it would touch as a dry run',
    needs: { of: 'dag', permission: airflowRunMarkPermission },
    writes: {
      to: 'airflow',
      events: ['task-mark'],
      severity: 'medium',
      details: ({ state }) => ({ state }),
      outcome: ({ items }) => ({ tasks: items.length }),
    },
    params: dagRunParams,
    body: markTasksBodySchema,
    response: z.object({
      dryRun: z.boolean(),
      /** As they were before. */
      items: z.array(clearedTaskSchema),
    }),
  }),
};
