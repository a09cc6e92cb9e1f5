import type {
  TaskCounts,
  TaskInstance,
  TaskTry,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';
import { taskStateSchema } from './states';
import { instantSchema } from './time';

/** For schemas with more or fewer members. */
export const taskInstanceObject = z.object({
  dagId: z.string(),
  runId: z.string(),
  taskId: z.string(),
  mapIndex: z.number().int().min(-1),
  displayName: z.string(),
  mapLabel: z.string().nullable(),
  state: taskStateSchema,
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

/** Reads a `TaskInstance`. @public */
export const taskInstanceSchema: Schema<TaskInstance> =
  schemaOf(taskInstanceObject);

/** Reads a `TaskTry`. @public */
export const taskTrySchema: Schema<TaskTry> = schemaOf(
  taskInstanceObject.pick({
    tryNumber: true,
    state: true,
    startedAt: true,
    endedAt: true,
    durationMs: true,
    hostname: true,
  }),
);

/** Reads a `TaskCounts`. @public */
export const taskCountsSchema: Schema<TaskCounts> = schemaOf(
  z.partialRecord(taskStateSchema, z.number().int().positive()),
);
