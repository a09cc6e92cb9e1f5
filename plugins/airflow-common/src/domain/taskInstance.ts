import { z } from 'zod';
import { taskStateSchema } from './states';
import { instantSchema } from './time';

/**
 * A task instance. `mapIndex` is -1 when the task is not mapped.
 *
 * @public
 */
export const taskInstanceSchema = z.object({
  dagId: z.string(),
  runId: z.string(),
  taskId: z.string(),
  mapIndex: z.number().int().min(-1),
  displayName: z.string(),
  /** What the author calls this mapped instance, when set. */
  mapLabel: z.string().nullable(),
  state: taskStateSchema,
  /** 0 when it never started. */
  tryNumber: z.number().int().nonnegative(),
  maxTries: z.number().int().nonnegative(),
  operator: z.string().nullable(),
  pool: z.string().nullable(),
  queue: z.string().nullable(),
  hostname: z.string().nullable(),
  queuedAt: instantSchema.nullable(),
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  durationMs: z.number().nonnegative().nullable(),
  note: z.string().nullable(),
});

/**
 * A task instance; see {@link taskInstanceSchema}.
 *
 * @public
 */
export type TaskInstance = z.infer<typeof taskInstanceSchema>;

/**
 * One attempt of a task instance.
 *
 * @public
 */
export const taskTrySchema = taskInstanceSchema.pick({
  tryNumber: true,
  state: true,
  startedAt: true,
  endedAt: true,
  durationMs: true,
  hostname: true,
});

/**
 * One attempt of a task instance; see {@link taskTrySchema}.
 *
 * @public
 */
export type TaskTry = z.infer<typeof taskTrySchema>;

/**
 * How many task instances of a run are in each state; states with none are left out.
 *
 * @public
 */
export const taskCountsSchema = z.partialRecord(
  taskStateSchema,
  z.number().int().positive(),
);

/**
 * Task instances of a run by state; see {@link taskCountsSchema}.
 *
 * @public
 */
export type TaskCounts = z.infer<typeof taskCountsSchema>;

/**
 * Counts task instances by state.
 *
 * @public
 */
export function countTaskStates(
  instances: Iterable<Pick<TaskInstance, 'state'>>,
): TaskCounts {
  const counts: TaskCounts = {};
  for (const { state } of instances) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
