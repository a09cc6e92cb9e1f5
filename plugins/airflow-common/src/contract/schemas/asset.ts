import type {
  Asset,
  AssetEvent,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

/** Reads an `Asset`. @public */
export const assetSchema: Schema<Asset> = schemaOf(
  z.object({
    id: z.number().int(),
    name: z.string(),
    uri: z.string(),
    consumers: z.array(z.string()),
    producers: z.array(z.object({ dagId: z.string(), taskId: z.string() })),
    lastEventAt: instantSchema.nullable(),
  }),
);

/** Reads an `AssetEvent`. @public */
export const assetEventSchema: Schema<AssetEvent> = schemaOf(
  z.object({
    id: z.number().int(),
    assetId: z.number().int(),
    name: z.string(),
    at: instantSchema,
    source: z
      .object({ dagId: z.string(), runId: z.string(), taskId: z.string() })
      .nullable(),
    startedRuns: z.array(z.object({ dagId: z.string(), runId: z.string() })),
  }),
);
