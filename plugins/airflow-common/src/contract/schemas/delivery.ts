import {
  deliveryStatuses,
  noticeKinds,
  type Delivery,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

/** Reads a `Delivery`. @public */
export const deliverySchema: Schema<Delivery> = schemaOf(
  z.object({
    id: z.string(),
    alertId: z.string(),
    alertTitle: z.string(),
    notice: z.enum(noticeKinds),
    channel: z.string(),
    recipient: z.string().nullable(),
    status: z.enum(deliveryStatuses),
    attempts: z.number().int().nonnegative(),
    createdAt: instantSchema,
    nextAttemptAt: instantSchema.nullable(),
    deliveredAt: instantSchema.nullable(),
    receipt: z.string().nullable(),
    lastError: z.string().nullable(),
  }),
);
