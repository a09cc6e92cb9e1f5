import {
  dagFilterQuery,
  dagSortSchema,
  flag,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { z } from 'zod';

/** How many DAGs a page may show. */
export const pageSizes = [50, 100, 250] as const;

/** What the address of the DAGs page says. */
export const dagsQuery = z.object({
  ...dagFilterQuery,
  /** Only those that the reader has marked. */
  favourites: flag.optional(),
  sort: dagSortSchema.default('-lastRunAt'),
  limit: z.coerce.number<number | string>().int().min(1).max(250).default(50),
  cursor: z.string().optional(),
});
