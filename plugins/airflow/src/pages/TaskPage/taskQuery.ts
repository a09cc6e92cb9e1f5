import { z } from 'zod';

/** What the address of a task says beside its name: the instance, the attempt and the line of its log. */
export const taskQuery = z.object({
  map: z.coerce.number<number | string>().int().min(-1).default(-1),
  try: z.coerce.number<number | string>().int().min(1).optional(),
  line: z.coerce.number<number | string>().int().min(1).optional(),
});
