import { z } from 'zod';
import { instantSchema } from './time';

/**
 * A DAG file that Airflow could not import.
 *
 * @public
 */
export const importErrorSchema = z.object({
  cluster: z.string(),
  id: z.string(),
  filename: z.string(),
  bundle: z.string().nullable(),
  stackTrace: z.string(),
  /** When Airflow first saw this error in its present form. */
  occurredAt: instantSchema.nullable(),
});

/**
 * A DAG file that could not be imported; see {@link importErrorSchema}.
 *
 * @public
 */
export type ImportError = z.infer<typeof importErrorSchema>;
