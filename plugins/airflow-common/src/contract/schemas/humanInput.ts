import type { HumanInput } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { dagParamSchema } from './dag';
import { schemaOf, type Schema } from './schema';
import { taskInstanceObject } from './taskInstance';
import { instantSchema } from './time';

/** Reads a `HumanInput`. @public */
export const humanInputSchema: Schema<HumanInput> = schemaOf(
  z.object({
    taskId: taskInstanceObject.shape.taskId,
    mapIndex: taskInstanceObject.shape.mapIndex,
    displayName: z.string(),
    subject: z.string(),
    body: z.string().nullable(),
    options: z.array(z.string()),
    defaults: z.array(z.string()),
    multiple: z.boolean(),
    params: z.array(dagParamSchema),
    assignedTo: z.array(z.string()),
    askedAt: instantSchema,
    answer: z
      .object({
        by: z.string().nullable(),
        at: instantSchema.nullable(),
        options: z.array(z.string()),
      })
      .nullable(),
  }),
);
