import type { TaskSummary } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';
import { taskStateSchema } from './states';
import { taskCountsSchema } from './taskInstance';
import { instantSchema } from './time';

/** Reads a `TaskSummary`. @public */
export const taskSummarySchema: Schema<TaskSummary> = schemaOf(
  z.object({
    taskId: z.string(),
    state: taskStateSchema,
    counts: taskCountsSchema.optional(),
    tryNumber: z.number().int().min(2).optional(),
    hasNote: z.literal(true).optional(),
    startedAt: instantSchema.optional(),
    endedAt: instantSchema.optional(),
  }),
);
