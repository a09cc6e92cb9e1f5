import { z } from 'zod';
import { instantSchema } from './time';

/**
 * A version of a DAG as Airflow 3 counts them.
 *
 * @public
 */
export const dagVersionSchema = z.object({
  number: z.number().int().positive(),
  createdAt: instantSchema,
  bundle: z.string().nullable(),
  /** Such as a commit, where the bundle has versions of its own. */
  bundleVersion: z.string().nullable(),
});

/**
 * A version of a DAG; see {@link dagVersionSchema}.
 *
 * @public
 */
export type DagVersion = z.infer<typeof dagVersionSchema>;

/**
 * The code of the file that a DAG is defined in.
 *
 * @public
 */
export const dagSourceSchema = z.object({
  code: z.string(),
  /** Null where Airflow does not keep versions. */
  version: z.number().int().positive().nullable(),
});

/**
 * The code of a DAG; see {@link dagSourceSchema}.
 *
 * @public
 */
export type DagSource = z.infer<typeof dagSourceSchema>;
