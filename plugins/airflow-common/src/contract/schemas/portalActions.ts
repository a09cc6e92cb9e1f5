import type {
  PortalAction,
  RunWait,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

/** Reads a `PortalAction`. @public */
export const portalActionSchema: Schema<PortalAction> = schemaOf(
  z.object({
    id: z.string(),
    at: instantSchema,
    event: z.string(),
    who: z.string(),
    dagId: z.string().nullable(),
    runId: z.string().nullable(),
    taskId: z.string().nullable(),
    reason: z.string().nullable(),
    error: z.string().nullable(),
  }),
);

/** Reads a `RunWait`. @public */
export const runWaitSchema: Schema<RunWait> = schemaOf(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('paused') }),
    z.object({
      kind: z.literal('max-active-runs'),
      limit: z.number().int().positive(),
      underWay: z.number().int().positive(),
      runIds: z.array(z.string()),
    }),
  ]),
);
