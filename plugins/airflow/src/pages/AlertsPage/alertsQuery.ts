import {
  alertFilterQuery,
  alertSorts,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { z } from 'zod';

/** What the address of the alerts page says. */
export const alertsQuery = z.object({
  ...alertFilterQuery,
  sort: z.enum(alertSorts).default('-firedAt'),
  limit: z.coerce.number<number | string>().int().min(1).max(250).default(100),
  cursor: z.string().optional(),
});
