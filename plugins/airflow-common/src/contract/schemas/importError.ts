import type { ImportError } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

/** Reads an `ImportError`. @public */
export const importErrorSchema: Schema<ImportError> = schemaOf(
  z.object({
    cluster: z.string(),
    id: z.string(),
    filename: z.string(),
    bundle: z.string().nullable(),
    stackTrace: z.string(),
    occurredAt: instantSchema.nullable(),
  }),
);
