import { z } from 'zod';
import { instantSchema } from './time';

/**
 * What a delivery tells: that an alert fires, or that it is resolved.
 *
 * @public
 */
export const noticeKinds = ['fired', 'resolved'] as const;

/**
 * `waiting`: to be sent, or tried again. `sent`: the channel took it; whether people have it only the channel can know.
 * `dead`: given up after the last try; somebody can send it again.
 * `dropped`: no longer wanted, as when the alert was resolved before anybody was told of it.
 *
 * @public
 */
export const deliveryStatuses = ['waiting', 'sent', 'dead', 'dropped'] as const;

/**
 * One notice to one recipient over one channel.
 *
 * @public
 */
export const deliverySchema = z.object({
  id: z.string(),
  alertId: z.string(),
  alertTitle: z.string(),
  notice: z.enum(noticeKinds),
  /** The channel's name: `notifications`, or that of a webhook. */
  channel: z.string(),
  /** Entity ref of who is told; null where the channel itself knows. */
  recipient: z.string().nullable(),
  status: z.enum(deliveryStatuses),
  attempts: z.number().int().nonnegative(),
  createdAt: instantSchema,
  nextAttemptAt: instantSchema.nullable(),
  deliveredAt: instantSchema.nullable(),
  /** What the receiver answered, such as `200`; null where the channel hands over to others, and before it was sent. */
  receipt: z.string().nullable(),
  /** Why the last attempt failed, without secrets. */
  lastError: z.string().nullable(),
});

/**
 * One notice to one recipient over one channel; see {@link deliverySchema}.
 *
 * @public
 */
export type Delivery = z.infer<typeof deliverySchema>;
