import type { LastTogether } from '../../store';
import type { Notice } from '../../model/storedAlerts';
import type { RoutedAlert, WantedDelivery } from './routes';

/** How what one recipient is to hear at about the same time becomes one notice. */
export interface Grouping {
  /** Whether a channel tells of several alerts at once. */
  sendsTogether(channel: string): boolean;
  /** So long a notice waits for more of the same, in milliseconds. */
  waitMs: number;
  /** So long the next one of the same waits after it, in milliseconds. */
  intervalMs: number;
}

/**
 * What is told as one notice: of one cluster to one recipient over one channel, what fires by severity, so that what is
 * critical waits for nothing else; what is over; and what was so already at the first reading. Null for what is told by
 * itself.
 */
export function groupOf(
  notice: Notice['kind'],
  { severity, subject, oldNews }: RoutedAlert,
  { channel, recipient }: WantedDelivery,
  { sendsTogether }: Grouping,
): string | null {
  if (!sendsTogether(channel)) return null;
  const firing = oldNews ? 'first-reading' : severity;
  const what = notice === 'fired' ? firing : 'resolved';
  return [channel, recipient ?? '', subject.cluster, what].join(' ');
}

/** When the next notice of a group is told: with the one that waits, else soon, but not soon after the last one. */
export function dueAfter(
  last: LastTogether | undefined,
  now: Date,
  { waitMs, intervalMs }: Grouping,
): Date {
  if (last?.isOpen) return last.dueAt;
  const soonest = now.getTime() + waitMs;
  const afterLast = last ? last.dueAt.getTime() + intervalMs : 0;
  return new Date(Math.max(soonest, afterLast));
}
