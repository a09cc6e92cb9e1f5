import {
  reprocessBehaviors,
  type Backfill,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

/** Reads a `Backfill`. @public */
export const backfillSchema: Schema<Backfill> = schemaOf(
  z.object({
    id: z.number().int().nonnegative(),
    from: instantSchema,
    to: instantSchema,
    paused: z.boolean(),
    reprocess: z.enum([...reprocessBehaviors, 'unknown']),
    maxActiveRuns: z.number().int(),
    createdAt: instantSchema,
    completedAt: instantSchema.nullable(),
  }),
);
