import {
  airflowDagReadPermission,
  airflowViewPermission,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { endpoint, takesNothing } from './endpoint';
import { coverageSchema, repeated, scopeQuery } from './query';
import {
  dagRunSchema,
  instantSchema,
  ownershipSchema,
  presenceSchema,
} from './schemas';

/**
 * One DAG that is failing, or that failed within the window and recovered.
 *
 * @public
 */
export const failingDagSchema = z.object({
  cluster: z.string(),
  dagId: z.string(),
  displayName: z.string(),
  owners: z.array(z.string()),
  owner: ownershipSchema.nullable(),
  paused: z.boolean(),
  presence: presenceSchema,
  /** In a row while it is failing, however long ago; else within the window. */
  failures: z.number().int().positive(),
  /** When the first of those ended. */
  firstFailedAt: instantSchema,
  lastFailedRun: dagRunSchema,
  /** The first run after the last failure that succeeded, in the order of what runs are for; null while it is failing. */
  recoveredBy: dagRunSchema.nullable(),
});

/**
 * A DAG that is failing or recovered; see {@link failingDagSchema}.
 *
 * @public
 */
export type FailingDag = z.infer<typeof failingDagSchema>;

/**
 * The endpoint of the front page: what is failing over the fleet, and what recovered within some hours.
 *
 * @public
 */
export const overviewEndpoints = {
  getOverview: endpoint({
    ...takesNothing,
    operationId: 'getOverview',
    method: 'GET',
    path: '/overview',
    summary: 'What failed within a window over the fleet, and how it went on',
    needs: {
      of: 'dags',
      permission: airflowDagReadPermission,
      basic: airflowViewPermission,
    },
    query: z.object({
      ...scopeQuery,
      cluster: repeated(z.string()).optional(),
      hours: z.coerce
        .number<number | string>()
        .int()
        .min(1)
        .max(336)
        .default(24),
    }),
    response: z.object({
      since: instantSchema,
      runs: z.object({
        success: z.number().int(),
        failed: z.number().int(),
        running: z.number().int(),
        queued: z.number().int(),
      }),
      /** Failing first, then recovered within the window; newest failure first. At most 100. */
      failingDags: z.array(failingDagSchema),
      /** All of them, also beyond the 100. */
      failingTotal: z.number().int(),
      recoveredTotal: z.number().int(),
      longestRunning: z.array(dagRunSchema),
      coverage: z.array(coverageSchema),
    }),
  }),
};
