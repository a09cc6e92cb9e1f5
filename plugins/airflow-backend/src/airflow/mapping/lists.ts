import { z } from 'zod';
import type { Received } from '../http';

/** A list of either version: rows under a name of their own, and how many there are in all. */
export function listOf<T extends z.ZodType, N extends string>(
  name: N,
  row: T,
): z.ZodType<Received<z.output<T>>> {
  return z
    .looseObject({ total_entries: z.number().int().nonnegative().nullish() })
    .transform((body, context) => {
      const rows = z.array(row).safeParse(body[name]);
      if (!rows.success) {
        for (const { path, message } of rows.error.issues.slice(0, 1)) {
          context.addIssue({
            code: 'custom',
            path: [name, ...path],
            message,
          });
        }
        return z.NEVER;
      }
      return { items: rows.data, total: body.total_entries ?? undefined };
    });
}
