import type { Instant } from './time';

/**
 * What can happen in the life of an alert.
 *
 * @public
 */
export const alertEventKinds = [
  'noticed',
  'fired',
  'worse',
  'acknowledged',
  'inhibited',
  'released',
  'resolved',
  'reopened',
  'flapping',
  'waits',
  'explained',
  'passed-on',
  'presence',
  'sent',
  'not-sent',
] as const;

/**
 * One entry of an alert's timeline.
 *
 * @public
 */
export type AlertEvent = {
  at: Instant;
  kind: (typeof alertEventKinds)[number];
  /** Entity ref of the person who did it; null for what the portal did. */
  by: string | null;
  text: string;
};
