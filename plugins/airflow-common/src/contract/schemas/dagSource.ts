import type {
  DagSource,
  DagVersion,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

/** Reads a `DagVersion`. @public */
export const dagVersionSchema: Schema<DagVersion> = schemaOf(
  z.object({
    number: z.number().int().positive(),
    createdAt: instantSchema,
    bundle: z.string().nullable(),
    bundleVersion: z.string().nullable(),
  }),
);

/** Reads a `DagSource`. @public */
export const dagSourceSchema: Schema<DagSource> = schemaOf(
  z.object({
    code: z.string(),
    version: z.number().int().positive().nullable(),
  }),
);
