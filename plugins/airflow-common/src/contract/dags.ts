import {
  airflowDagPausePermission,
  airflowDagReadPermission,
  airflowDagSetOwnerPermission,
  dagPresences,
  dagRunStates,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { clusterParams } from './clusters';
import { endpoint, takesNothing } from './endpoint';
import {
  facetSchema,
  flag,
  pageOf,
  pageQuery,
  repeated,
  scopeQuery,
} from './query';
import {
  dagDetailsSchema,
  dagListItemSchema,
  dagObject,
  dagRunSchema,
  dagSchema,
  dagZoneSchema,
  portalActionSchema,
  failingSchema,
  ownerRefSchema,
  schemaOf,
  taskCountsSchema,
  type Schema,
} from './schemas';

/**
 * Reads the name of a DAG from a path.
 *
 * @public
 */
export interface DagPath
  extends z.ZodObject<{
    cluster: z.ZodString;
    dagId: z.ZodString;
  }> {}

/**
 * Path parameters of everything about one DAG: its cluster and its id.
 *
 * @public
 */
export const dagParams: DagPath = clusterParams.extend({
  dagId: z.string().min(1),
});

/**
 * Columns that the fleet's DAG list sorts by; a leading `-` turns the order round. Rows without a value come last.
 *
 * @public
 */
export const dagSortColumns = [
  'displayName',
  'cluster',
  'lastRunAt',
  'lastRunState',
  'failingSince',
  'nextRunAt',
  'schedule',
  'owner',
  'paused',
  'successRate',
] as const;

/**
 * A column that the DAG list sorts by.
 *
 * @public
 */
export type DagSortColumn = (typeof dagSortColumns)[number];

/**
 * A sort of the DAG list: a column for ascending order, `-` and the column for descending.
 *
 * @public
 */
export type DagSort = DagSortColumn | `-${DagSortColumn}`;

/** Reads a {@link DagSort}. @public */
export const dagSortSchema: Schema<DagSort> = schemaOf(
  z.enum([
    ...dagSortColumns,
    ...dagSortColumns.map(column => `-${column}` as const),
  ]),
);

/**
 * Which DAGs somebody means, as a query: what the annotations of an entity say. Values of one filter are alternatives,
 * filters add up.
 *
 * @public
 */
export const dagSelectorQuery = {
  cluster: repeated(z.string()).optional(),
  /** DAG ids, or globs with `*` for any characters and `?` for one; case counts. */
  dagPattern: repeated(z.string().min(1).max(250)).optional(),
  tag: repeated(z.string()).optional(),
  /** Owners as Airflow tells them. */
  owner: repeated(z.string()).optional(),
};

/**
 * Filters of the DAG list. Values of one filter are alternatives, filters add up; `tag` can ask for all.
 *
 * @public
 */
export const dagFilterQuery = {
  ...scopeQuery,
  ...dagSelectorQuery,
  environment: repeated(z.string()).optional(),
  /** DAGs by name, as `airflowDagRefOf` writes them; what is no such name is no DAG. */
  dag: repeated(z.string().max(600)).optional(),
  /** State of the last run; `none` for DAGs that never ran. */
  lastRunState: repeated(z.enum([...dagRunStates, 'none'])).optional(),
  /** Whether its newest finished run failed, in the order of what runs are for. */
  failing: flag.optional(),
  paused: flag.optional(),
  tagMatch: z.enum(['any', 'all']).optional(),
  /** Entity refs of who owns them; `none` for DAGs that nobody owns. */
  ownerRef: repeated(z.string()).optional(),
  hasImportErrors: flag.optional(),
  /** How Airflow has them; what vanished or was deleted is left out unless asked for here or by `includeGone`. */
  presence: repeated(z.enum(dagPresences)).optional(),
  includeGone: flag.optional(),
  /** Found in id, display name, description and tags, without regard to case. */
  text: z.string().max(200).optional(),
};

/**
 * For each filter, the values there are and how many DAGs each would show with the other filters kept; of very many
 * values the 1,000 most frequent.
 *
 * @public
 */
export const dagFacetsSchema = z.object({
  cluster: facetSchema,
  environment: facetSchema,
  lastRunState: facetSchema,
  paused: facetSchema,
  presence: facetSchema,
  tag: facetSchema,
  owner: facetSchema,
  ownerRef: facetSchema,
});

/**
 * Counts of DAGs by filter and value; see {@link dagFacetsSchema}.
 *
 * @public
 */
export type DagFacets = z.infer<typeof dagFacetsSchema>;

/**
 * Endpoints about DAGs: fleet list, facets, one DAG, its details, task counts of its runs, pausing, setting its owner.
 *
 * @public
 */
export const dagEndpoints = {
  listDags: endpoint({
    ...takesNothing,
    operationId: 'listDags',
    method: 'GET',
    path: '/dags',
    summary: 'DAGs of the whole fleet: filtered, sorted, a page at a time',
    needs: { of: 'dags', permission: airflowDagReadPermission },
    query: z.object({
      ...dagFilterQuery,
      sort: dagSortSchema.optional(),
      ...pageQuery,
    }),
    response: pageOf(dagListItemSchema),
  }),
  listDagFacets: endpoint({
    ...takesNothing,
    operationId: 'listDagFacets',
    method: 'GET',
    path: '/dag-facets',
    summary: 'How many DAGs each filter value would show',
    needs: { of: 'dags', permission: airflowDagReadPermission },
    query: z.object(dagFilterQuery),
    response: dagFacetsSchema,
  }),
  getDag: endpoint({
    ...takesNothing,
    operationId: 'getDag',
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId',
    summary: 'One DAG with its last 25 runs, as stored',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: dagParams,
    response: dagObject.extend({
      webUrl: z.string(),
      zone: dagZoneSchema.nullable(),
      recentRuns: z.array(dagRunSchema),
      successRate: z.number().min(0).max(1).nullable(),
      failing: failingSchema.nullable(),
      /** Median of the successful runs, by which a run is called long. */
      usualDurationMs: z.number().nullable(),
      /** The last things that were done to it and its runs through the portal, newest first. */
      actions: z.array(portalActionSchema),
    }),
  }),
  getDagDetails: endpoint({
    ...takesNothing,
    operationId: 'getDagDetails',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/details',
    summary: 'Docs, parameters and limits of a DAG, fetched from Airflow',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: dagParams,
    response: dagDetailsSchema,
  }),
  listTaskCounts: endpoint({
    ...takesNothing,
    operationId: 'listTaskCounts',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/task-counts',
    summary:
      'Task instances by state for runs of a DAG, fetched from Airflow in whole pages',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: dagParams,
    query: z.object({ runId: repeated(z.string()) }),
    response: z.object({
      items: z.array(z.object({ runId: z.string(), counts: taskCountsSchema })),
    }),
  }),
  setDagPaused: endpoint({
    ...takesNothing,
    operationId: 'setDagPaused',
    live: true,
    method: 'PATCH',
    path: '/clusters/:cluster/dags/:dagId',
    summary: 'Pauses or unpauses a DAG',
    needs: { of: 'dag', permission: airflowDagPausePermission },
    writes: {
      to: 'airflow',
      events: ['dag-pause', 'dag-unpause'],
      eventOf: ({ paused }) => (paused ? 'dag-pause' : 'dag-unpause'),
      severity: 'medium',
    },
    params: dagParams,
    body: z.object({
      paused: z.boolean(),
      reason: z.string().max(500).optional(),
    }),
    response: dagSchema,
  }),
  setDagOwner: endpoint({
    ...takesNothing,
    operationId: 'setDagOwner',
    method: 'PATCH',
    path: '/clusters/:cluster/dags/:dagId/owner',
    summary: 'Sets who owns a DAG, or lets that be found out again',
    needs: { of: 'dag', permission: airflowDagSetOwnerPermission },
    writes: {
      to: 'portal',
      events: ['dag-set-owner'],
      severity: 'medium',
      details: ({ owner }) => ({ owner }),
    },
    params: dagParams,
    body: z.object({
      /** Entity ref of a group or user; null to go by annotations, tags and Airflow owners again. */
      owner: ownerRefSchema.nullable(),
      reason: z.string().trim().max(500).optional(),
    }),
    response: dagSchema,
  }),
};
