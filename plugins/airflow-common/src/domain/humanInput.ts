import { z } from 'zod';
import { dagParamSchema } from './dag';
import { taskInstanceSchema } from './taskInstance';
import { instantSchema } from './time';

/**
 * What a task asks of a person (Airflow 3.1 and later), and what was answered.
 *
 * @public
 */
export const humanInputSchema = z.object({
  taskId: taskInstanceSchema.shape.taskId,
  mapIndex: taskInstanceSchema.shape.mapIndex,
  displayName: z.string(),
  subject: z.string(),
  /** Markdown. */
  body: z.string().nullable(),
  options: z.array(z.string()),
  /** Chosen when nobody answers in time. */
  defaults: z.array(z.string()),
  /** More than one option may be chosen. */
  multiple: z.boolean(),
  params: z.array(dagParamSchema),
  /** Who alone may answer, as Airflow names them; empty when anybody may. */
  assignedTo: z.array(z.string()),
  askedAt: instantSchema,
  answer: z
    .object({
      /** As Airflow names them; null when nobody answered in time. */
      by: z.string().nullable(),
      at: instantSchema.nullable(),
      options: z.array(z.string()),
    })
    .nullable(),
});

/**
 * What a task asks of a person; see {@link humanInputSchema}.
 *
 * @public
 */
export type HumanInput = z.infer<typeof humanInputSchema>;
