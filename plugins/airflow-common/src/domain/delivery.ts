import type { Instant } from './time';

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
export type Delivery = {
  id: string;
  alertId: string;
  alertTitle: string;
  notice: (typeof noticeKinds)[number];
  /** The channel's name: `notifications`, or that of a webhook. */
  channel: string;
  /** Entity ref of who is told; null where the channel itself knows. */
  recipient: string | null;
  status: (typeof deliveryStatuses)[number];
  attempts: number;
  createdAt: Instant;
  nextAttemptAt: Instant | null;
  deliveredAt: Instant | null;
  /** What the receiver answered, such as `200`; null where the channel hands over to others, and before it was sent. */
  receipt: string | null;
  /** Why the last attempt failed, without secrets. */
  lastError: string | null;
};
