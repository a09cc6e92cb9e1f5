import { z } from 'zod';
import { instantSchema } from './time';

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
export const alertEventSchema = z.object({
  at: instantSchema,
  kind: z.enum(alertEventKinds),
  /** Entity ref of the person who did it; null for what the portal did. */
  by: z.string().nullable(),
  text: z.string(),
});

/**
 * One entry of an alert's timeline; see {@link alertEventSchema}.
 *
 * @public
 */
export type AlertEvent = z.infer<typeof alertEventSchema>;
