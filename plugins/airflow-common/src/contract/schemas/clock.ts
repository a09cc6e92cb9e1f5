import type { ClusterClock } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

/** Reads a `ClusterClock`. @public */
export const clusterClockSchema: Schema<ClusterClock> = schemaOf(
  z.object({
    offsetMs: z.number().int(),
    measuredAt: instantSchema,
  }),
);
