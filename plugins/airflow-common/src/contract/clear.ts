import {
  airflowRunClearPermission,
  type TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { endpoint, takesNothing } from './endpoint';
import { dagRunParams } from './runs';
import {
  schemaOf,
  taskInstanceObject,
  taskStateSchema,
  type Schema,
} from './schemas';

/**
 * What is to be cleared of a run: with `tasks` these, and what comes after them where `downstream` is set; without,
 * the whole run. `onlyFailed` leaves out what neither failed nor was held up by a failure.
 *
 * @public
 */
export const clearBodySchema = z
  .object({
    tasks: z
      .array(
        z.object({
          taskId: z.string().min(1),
          /** -1 for a task that is not mapped; null for every instance of a task. */
          mapIndex: z.number().int().min(-1).nullable(),
        }),
      )
      .min(1)
      .max(500)
      .optional(),
    downstream: z.boolean().default(false),
    onlyFailed: z.boolean().default(false),
    /** Tells what would be cleared, and changes nothing. */
    dryRun: z.boolean(),
    /** Kept in the audit log; needed unless it is a dry run. */
    reason: z.string().trim().min(3).max(1000).optional(),
  })
  .superRefine(({ tasks, downstream, dryRun, reason }, context) => {
    if (!dryRun && reason === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['reason'],
        message: 'say why it is cleared',
      });
    }
    if (downstream && !tasks) {
      context.addIssue({
        code: 'custom',
        path: ['downstream'],
        message: 'name the tasks that it starts from',
      });
    }
  });

/**
 * What is to be cleared of a run; see {@link clearBodySchema}.
 *
 * @public
 */
export type ClearBody = z.infer<typeof clearBodySchema>;

/**
 * A task instance that a clear touches, as it was before. What is null, Airflow 2 does not tell.
 *
 * @public
 */
export type ClearedTask = {
  taskId: string;
  mapIndex: number | null;
  state: TaskState | null;
};

/** Reads a {@link ClearedTask}. @public */
export const clearedTaskSchema: Schema<ClearedTask> = schemaOf(
  z.object({
    taskId: taskInstanceObject.shape.taskId,
    mapIndex: taskInstanceObject.shape.mapIndex.nullable(),
    state: taskStateSchema.nullable(),
  }),
);

/**
 * The endpoint that clears runs and tasks, so that Airflow runs them again.
 *
 * @public
 */
export const clearEndpoints = {
  clearRun: endpoint({
    ...takesNothing,
    operationId: 'clearRun',
    live: true,
    method: 'POST',
    path: '/clusters/:cluster/dags/:dagId/runs/:runId/clear',
    summary:
      'Clears a run or tasks of it, so that Airflow runs them again; tells what it would touch as a dry run',
    needs: { of: 'dag', permission: airflowRunClearPermission },
    writes: {
      to: 'airflow',
      events: ['run-clear'],
      severity: 'medium',
      outcome: ({ items }) => ({ tasks: items.length }),
    },
    params: dagRunParams,
    body: clearBodySchema,
    response: z.object({
      dryRun: z.boolean(),
      items: z.array(clearedTaskSchema),
    }),
  }),
};
