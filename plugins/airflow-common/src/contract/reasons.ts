import { z } from 'zod';

/**
 * Why something is done; kept in the audit log.
 *
 * @public
 */
export const actionReasonSchema = z.string().trim().max(1000).optional();

/**
 * A note as Airflow takes it; empty to have none.
 *
 * @public
 */
export const noteSchema = z.string().max(1000);

/**
 * Task instances as a request names them: `mapIndex` -1 for a task that is not mapped, null for every instance.
 *
 * @public
 */
export const taskSelectionSchema = z.array(
  z.object({
    taskId: z.string().min(1),
    mapIndex: z.number().int().min(-1).nullable(),
  }),
);
