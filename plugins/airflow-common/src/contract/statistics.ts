import { airflowDagReadPermission } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { dagParams } from './dags';
import { endpoint, takesNothing } from './endpoint';
import {
  calendarCellSchema,
  instantSchema,
  runStatisticsSchema,
  taskStatisticsSchema,
} from './schemas';

/**
 * The spans of days that statistics are told for.
 *
 * @public
 */
export const statisticsDays = [1, 7, 30, 90] as const;

/** A day as people write it, without a zone. */
const day = z.iso.date();

/**
 * Endpoints about how a DAG does over time.
 *
 * @public
 */
export const statisticsEndpoints = {
  getRunStatistics: endpoint({
    ...takesNothing,
    operationId: 'getRunStatistics',
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/statistics',
    summary: 'How the stored runs of a DAG went over 1, 7, 30 and 90 days',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: dagParams,
    response: z.object({
      items: z.array(runStatisticsSchema),
      /** When the oldest stored run of the DAG was due; a span that begins before holds no more than that. */
      storedSince: instantSchema.nullable(),
    }),
  }),
  getTaskStatistics: endpoint({
    ...takesNothing,
    operationId: 'getTaskStatistics',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/task-statistics',
    summary:
      'How the tasks of a DAG went, over its last runs within some days, fetched from Airflow in whole pages',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: dagParams,
    query: z.object({
      days: z.coerce.number<number | string>().int().min(1).max(90).default(7),
    }),
    response: z.object({
      items: z.array(taskStatisticsSchema),
      /** Over how many runs, the newest ones. */
      runs: z.number().int().nonnegative(),
      /** How many ended runs there are within these days. */
      runsThere: z.number().int().nonnegative(),
    }),
  }),
  getCalendar: endpoint({
    ...takesNothing,
    operationId: 'getCalendar',
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/calendar',
    summary: 'How many stored runs of a DAG were due on each day or hour',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: dagParams,
    query: z.object({
      by: z.enum(['day', 'hour']).default('day'),
      /** The first day, in `zone`. */
      from: day,
      /** The last day; at most 400 days by day and 31 by hour. */
      to: day,
      /** IANA name of the time zone that days begin in. */
      zone: z.string().max(64).default('UTC'),
    }),
    response: z.object({
      /** Only days or hours with runs, oldest first. */
      items: z.array(calendarCellSchema),
      /** When the oldest stored run of the DAG was due; what is before is not known. */
      storedSince: z.string().nullable(),
    }),
  }),
};
