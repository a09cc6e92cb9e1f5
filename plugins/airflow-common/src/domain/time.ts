import { z } from 'zod';

/**
 * A moment as an ISO 8601 string with an offset; what the portal itself writes is always UTC with milliseconds.
 *
 * @public
 */
export const instantSchema = z.iso.datetime({ offset: true });

/**
 * A moment as an ISO 8601 string with an offset.
 *
 * @public
 */
export type Instant = z.infer<typeof instantSchema>;
