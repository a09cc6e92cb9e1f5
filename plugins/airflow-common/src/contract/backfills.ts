import {
  airflowDagBackfillPermission,
  airflowDagReadPermission,
  reprocessBehaviors,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { dagParams } from './dags';
import { actionReasonSchema } from './reasons';
import { endpoint, takesNothing } from './endpoint';
import { jsonObjectSchema } from './json';
import { backfillSchema, instantSchema } from './schemas';

/**
 * Which runs a backfill makes.
 *
 * @public
 */
export const backfillRequestSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  /** The newest date first. */
  backwards: z.boolean().default(false),
  reprocess: z.enum(reprocessBehaviors).default('none'),
  maxActiveRuns: z.number().int().min(1).max(1000).default(10),
  conf: jsonObjectSchema.optional(),
  /**
   * Whether a run that is repeated takes the newest version of the DAG, or the one that it ran with; left out, as the
   * DAG and its Airflow are set. For clusters with the capability `backfill-version`; others are not told.
   */
  onLatestVersion: z.boolean().optional(),
});

/**
 * Which runs a backfill makes; see {@link backfillRequestSchema}.
 *
 * @public
 */
export type BackfillRequest = z.infer<typeof backfillRequestSchema>;

/**
 * What can be done to a backfill that goes on.
 *
 * @public
 */
export const backfillChangeSchema = z.enum(['pause', 'unpause', 'cancel']);

/**
 * What can be done to a backfill; see {@link backfillChangeSchema}.
 *
 * @public
 */
export type BackfillChange = z.infer<typeof backfillChangeSchema>;

/**
 * The endpoints about backfills, for clusters with the capability `backfills`.
 *
 * @public
 */
export const backfillEndpoints = {
  listBackfills: endpoint({
    ...takesNothing,
    operationId: 'listBackfills',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/backfills',
    summary: 'The backfills of a DAG, newest first, fetched from Airflow',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: dagParams,
    response: z.object({ items: z.array(backfillSchema) }),
  }),
  createBackfill: endpoint({
    ...takesNothing,
    operationId: 'createBackfill',
    live: true,
    method: 'POST',
    path: '/clusters/:cluster/dags/:dagId/backfills',
    summary:
      'Starts a backfill; tells the runs that it would make as a dry run',
    needs: { of: 'dag', permission: airflowDagBackfillPermission },
    writes: {
      to: 'airflow',
      events: ['backfill-create'],
      severity: 'medium',
      details: ({ dryRun, reason, conf, ...asked }) => asked,
      outcome: ({ dates, backfill }) => ({
        runs: dates.length,
        ...(backfill && { backfillId: backfill.id }),
      }),
    },
    params: dagParams,
    body: backfillRequestSchema
      .extend({
        dryRun: z.boolean(),
        reason: actionReasonSchema,
      })
      .refine(({ from, to }) => from <= to, {
        path: ['to'],
        message: 'lies before from',
      }),
    exact: ['conf'],
    response: z.object({
      /** The dates that get a run. */
      dates: z.array(instantSchema),
      /** Null for a dry run. */
      backfill: backfillSchema.nullable(),
    }),
  }),
  changeBackfill: endpoint({
    ...takesNothing,
    operationId: 'changeBackfill',
    live: true,
    method: 'PATCH',
    path: '/clusters/:cluster/dags/:dagId/backfills/:backfillId',
    summary: 'Pauses, unpauses or cancels a backfill',
    needs: { of: 'dag', permission: airflowDagBackfillPermission },
    writes: {
      to: 'airflow',
      events: ['backfill-pause', 'backfill-unpause', 'backfill-cancel'],
      eventOf: ({ change }) => `backfill-${change}`,
      severity: 'medium',
    },
    params: dagParams.extend({
      backfillId: z.coerce.number<number | string>().int().nonnegative(),
    }),
    body: z.object({
      change: backfillChangeSchema,
      reason: actionReasonSchema,
    }),
    response: backfillSchema,
  }),
};
