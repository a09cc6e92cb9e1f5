import {
  airflowDagReadPermission,
  airflowDagTriggerPermission,
  airflowLogReadPermission,
  type DagRun,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { dagEndpoints, dagParams, dagSelectorQuery } from './dags';
import { actionReasonSchema } from './reasons';
import { endpoint, takesNothing } from './endpoint';
import { jsonObjectSchema } from './json';
import { pageOf, pageQuery, repeated, scopeQuery } from './query';
import {
  dagRunDetailsObject,
  dagRunObject,
  dagRunSchema,
  dagRunStateSchema,
  dagRunTypeSchema,
  portalActionSchema,
  instantSchema,
  logEntrySchema,
  runWaitSchema,
  schemaOf,
  taskInstanceSchema,
  taskTrySchema,
  type Schema,
} from './schemas';

/**
 * Reads the name of a run from a path.
 *
 * @public
 */
export interface DagRunPath
  extends z.ZodObject<{
    cluster: z.ZodString;
    dagId: z.ZodString;
    runId: z.ZodString;
  }> {}

/**
 * Path parameters of everything about one run: cluster, DAG id and run id.
 *
 * @public
 */
export const dagRunParams: DagRunPath = dagParams.extend({
  runId: z.string().min(1),
});

/**
 * Reads the name of a task in a run from a path.
 *
 * @public
 */
export interface TaskPath
  extends z.ZodObject<{
    cluster: z.ZodString;
    dagId: z.ZodString;
    runId: z.ZodString;
    taskId: z.ZodString;
  }> {}

/**
 * Path parameters of a task instance; `mapIndex` comes with the query, -1 for a task that is not mapped.
 *
 * @public
 */
export const taskParams: TaskPath = dagRunParams.extend({
  taskId: z.string().min(1),
});

/**
 * The ids that both Airflow versions take for a new run, checked before it is sent: Airflow 2 answers others with
 * an HTML error 500.
 *
 * @public
 */
export const newRunIdSchema = z
  .string()
  .max(250)
  .regex(/^[A-Za-z0-9_.~:+-]+$/);

/**
 * What a new run is started with. Left out, Airflow chooses the run id and takes the default of each param.
 *
 * @public
 */
export const triggerBodySchema = z.object({
  conf: jsonObjectSchema.optional(),
  runId: newRunIdSchema.optional(),
  logicalDate: instantSchema.optional(),
  note: z.string().max(1000).optional(),
  /** Takes the DAG into service first, for which the right to pause is asked. */
  unpause: z.boolean().optional(),
  reason: actionReasonSchema,
});

/**
 * What a new run is started with; see {@link triggerBodySchema}.
 *
 * @public
 */
export type TriggerBody = z.infer<typeof triggerBodySchema>;

/**
 * How the list of runs can be sorted; a leading `-` puts the newest or longest first.
 *
 * @public
 */
export const runSorts = [
  '-runAfter',
  'runAfter',
  '-startedAt',
  'startedAt',
  '-durationMs',
  'durationMs',
] as const;

/**
 * A run as lists of runs have it.
 *
 * @public
 */
export type ListedRun = DagRun & {
  /** Entity ref of who started it through the portal; left out where nobody did, or that is forgotten. */
  startedBy?: string;
};

/** Reads a {@link ListedRun}. @public */
export const listedRunSchema: Schema<ListedRun> = schemaOf(
  dagRunObject.extend({ startedBy: z.string().optional() }),
);

/**
 * The query parameter that tells one instance of a mapped task from the others; -1 for a task that is not mapped.
 *
 * @public
 */
export const mapIndexQuery = {
  mapIndex: z.coerce.number<number | string>().int().min(-1).default(-1),
};

/**
 * Endpoints about runs: list, one run, its task instances, their attempts and logs, and triggering.
 *
 * @public
 */
export const runEndpoints = {
  listRuns: endpoint({
    ...takesNothing,
    operationId: 'listRuns',
    method: 'GET',
    path: '/runs',
    summary: 'Stored runs of the whole fleet or of one DAG, newest first',
    needs: { of: 'dags', permission: airflowDagReadPermission },
    query: z.object({
      ...scopeQuery,
      ...dagSelectorQuery,
      dagId: repeated(z.string()).optional(),
      state: repeated(dagRunStateSchema).optional(),
      type: repeated(dagRunTypeSchema).optional(),
      runAfterFrom: instantSchema.optional(),
      runAfterTo: instantSchema.optional(),
      text: z.string().max(200).optional(),
      sort: z.enum(runSorts).optional(),
      ...pageQuery,
    }),
    response: pageOf(listedRunSchema),
  }),
  getRun: endpoint({
    ...takesNothing,
    operationId: 'getRun',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/runs/:runId',
    summary:
      'One run, fetched from Airflow; as stored, and marked stale, when Airflow cannot be read, or gone, when it has the run no longer',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: dagRunParams,
    response: dagRunDetailsObject.extend({
      webUrl: z.string(),
      /** As stored, because Airflow cannot be read now. */
      stale: z.boolean(),
      /** As stored, because Airflow does not find it any more. */
      gone: z.boolean(),
      usualDurationMs: z.number().nullable(),
      /** Why it is queued; empty when it is not, or nothing that is stored tells. */
      waits: z.array(runWaitSchema),
      /** The last things that were done to it through the portal, newest first. */
      actions: z.array(portalActionSchema),
    }),
  }),
  listTaskInstances: endpoint({
    ...takesNothing,
    operationId: 'listTaskInstances',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/runs/:runId/tasks',
    summary: 'Every task instance of a run, fetched from Airflow',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: dagRunParams,
    response: z.object({
      items: z.array(taskInstanceSchema),
      /** Rows that Airflow could not serve, or that could not be read. */
      skippedRows: z.number().int().nonnegative(),
      /** Which the first of them is, and what is wrong with it. */
      skippedWhy: z.string().optional(),
    }),
  }),
  listTaskTries: endpoint({
    ...takesNothing,
    operationId: 'listTaskTries',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/runs/:runId/tasks/:taskId/tries',
    summary: 'The attempts of a task instance, oldest first',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: taskParams,
    query: z.object(mapIndexQuery),
    response: z.object({
      instance: taskInstanceSchema,
      items: z.array(taskTrySchema),
      webUrl: z.string(),
    }),
  }),
  streamTaskLog: endpoint({
    ...takesNothing,
    operationId: 'streamTaskLog',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/runs/:runId/tasks/:taskId/log',
    summary: 'The log of one attempt as a stream of entries, or as plain text',
    needs: { of: 'dag', permission: airflowLogReadPermission },
    params: taskParams,
    query: z.object({
      ...mapIndexQuery,
      try: z.coerce.number<number | string>().int().min(1),
      format: z.enum(['ndjson', 'text']).default('ndjson'),
      /** Leaves out as many entries, which the reader has already. */
      after: z.coerce.number<number | string>().int().min(0).default(0),
      /** Of a longer log only as many entries of its beginning and of its end, and the errors between. */
      ends: z.coerce
        .number<number | string>()
        .int()
        .min(1)
        .max(20_000)
        .optional(),
    }),
    response: logEntrySchema,
    stream: true,
  }),
  triggerDag: endpoint({
    ...takesNothing,
    operationId: 'triggerDag',
    live: true,
    method: 'POST',
    path: '/clusters/:cluster/dags/:dagId/runs',
    summary: 'Triggers a DAG',
    needs: { of: 'dag', permission: airflowDagTriggerPermission },
    writes: {
      to: 'airflow',
      events: ['dag-trigger'],
      severity: 'medium',
      details: ({ conf }) => ({ hasConf: conf !== undefined }),
      madeRun: ({ runId }) => runId,
      first: {
        endpoint: dagEndpoints.setDagPaused,
        bodyOf: ({ unpause, reason }) =>
          unpause ? { paused: false, reason } : undefined,
      },
    },
    params: dagParams,
    body: triggerBodySchema,
    exact: ['conf'],
    response: dagRunSchema,
  }),
};
