import { z } from 'zod';
import { instantSchema } from './time';

/**
 * Data that DAGs write and wait for: an asset of Airflow 3, a dataset of Airflow 2.
 *
 * @public
 */
export const assetSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  uri: z.string(),
  /** DAGs that run when it was written. */
  consumers: z.array(z.string()),
  /** Tasks that write it. */
  producers: z.array(z.object({ dagId: z.string(), taskId: z.string() })),
  /** When it was written last; null when never, or where Airflow does not tell. */
  lastEventAt: instantSchema.nullable(),
});

/**
 * An asset or dataset; see {@link assetSchema}.
 *
 * @public
 */
export type Asset = z.infer<typeof assetSchema>;

/**
 * One writing of an asset, by a task or from outside, and the runs that it started.
 *
 * @public
 */
export const assetEventSchema = z.object({
  id: z.number().int(),
  assetId: z.number().int(),
  name: z.string(),
  at: instantSchema,
  /** Null when it came from outside of every DAG. */
  source: z
    .object({ dagId: z.string(), runId: z.string(), taskId: z.string() })
    .nullable(),
  startedRuns: z.array(z.object({ dagId: z.string(), runId: z.string() })),
});

/**
 * One writing of an asset; see {@link assetEventSchema}.
 *
 * @public
 */
export type AssetEvent = z.infer<typeof assetEventSchema>;
