import { z } from 'zod';

/** Reads an `Instant`. @public */
export const instantSchema = z.iso.datetime({ offset: true });
