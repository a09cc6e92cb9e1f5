import {
  alertEventKinds,
  type AlertEvent,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

/** Reads an `AlertEvent`. @public */
export const alertEventSchema: Schema<AlertEvent> = schemaOf(
  z.object({
    at: instantSchema,
    kind: z.enum(alertEventKinds),
    by: z.string().nullable(),
    text: z.string(),
  }),
);
