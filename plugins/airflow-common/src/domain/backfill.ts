import { z } from 'zod';
import { instantSchema } from './time';

/**
 * What a backfill does with a date that has a run already: leaves it (`none`), runs it again where it failed, or
 * wherever it has ended.
 *
 * @public
 */
export const reprocessBehaviors = ['none', 'failed', 'completed'] as const;

/**
 * A backfill as Airflow tells it (3.x): runs of a DAG for a span of dates that lies behind.
 *
 * @public
 */
export const backfillSchema = z.object({
  id: z.number().int().nonnegative(),
  from: instantSchema,
  to: instantSchema,
  paused: z.boolean(),
  reprocess: z.enum([...reprocessBehaviors, 'unknown']),
  maxActiveRuns: z.number().int(),
  createdAt: instantSchema,
  /** Null while it goes on; a cancelled one is completed too. */
  completedAt: instantSchema.nullable(),
});

/**
 * A backfill; see {@link backfillSchema}.
 *
 * @public
 */
export type Backfill = z.infer<typeof backfillSchema>;
