import type {
  Activity,
  AirflowPlugin,
  Pool,
  Provider,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { portalActionSchema } from './portalActions';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

const slots = z.number().int().nonnegative();

/** Reads a `Pool`. @public */
export const poolSchema: Schema<Pool> = schemaOf(
  z.object({
    name: z.string(),
    description: z.string().nullable(),
    slots: slots.nullable(),
    running: slots,
    queued: slots,
    scheduled: slots,
    deferred: slots,
    countsDeferred: z.boolean(),
    open: slots.nullable(),
  }),
);

/** Reads a `Provider`. @public */
export const providerSchema: Schema<Provider> = schemaOf(
  z.object({
    name: z.string(),
    version: z.string(),
    description: z.string().nullable(),
  }),
);

/** Reads an `AirflowPlugin`. @public */
export const pluginSchema: Schema<AirflowPlugin> = schemaOf(
  z.object({
    name: z.string(),
    source: z.string().nullable(),
  }),
);

/** Reads an `Activity`. @public */
export const activitySchema: Schema<Activity> = schemaOf(
  z.object({
    id: z.string(),
    at: instantSchema,
    event: z.string(),
    who: z.string().nullable(),
    dagId: z.string().nullable(),
    runId: z.string().nullable(),
    taskId: z.string().nullable(),
    portal: portalActionSchema.nullable(),
  }),
);
