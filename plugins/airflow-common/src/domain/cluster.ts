import { z } from 'zod';
import { clusterClockSchema } from './clock';
import { problemSchema } from './problem';
import { instantSchema } from './time';

/**
 * The parts of an Airflow that its health endpoint tells of, in the order in which they are shown.
 *
 * @public
 */
export const componentNames = [
  'metadatabase',
  'scheduler',
  'triggerer',
  'dag_processor',
] as const;

/**
 * One part of an Airflow as its own health endpoint tells. `absent` means that no such component ever ran there,
 * which is no fault; `unknown` that it could not be read.
 *
 * @public
 */
export const componentHealthSchema = z.object({
  name: z.enum(componentNames),
  status: z.enum(['healthy', 'unhealthy', 'absent', 'unknown']),
  heartbeatAt: instantSchema.nullable(),
});

/**
 * The health of one part of an Airflow; see {@link componentHealthSchema}.
 *
 * @public
 */
export type ComponentHealth = z.infer<typeof componentHealthSchema>;

/**
 * A component as the portal knows it now. While its cluster's health cannot be read, or was not for too long, the status
 * is `unknown` and `lastSeen` says how it was when it was last read.
 *
 * @public
 */
export const knownComponentSchema = componentHealthSchema.extend({
  lastSeen: z
    .object({
      status: componentHealthSchema.shape.status,
      readAt: instantSchema,
    })
    .optional(),
});

/**
 * A component as the portal knows it now; see {@link knownComponentSchema}.
 *
 * @public
 */
export type KnownComponent = z.infer<typeof knownComponentSchema>;

/**
 * The kinds of facts that are read from a cluster, each at an interval of its own: component health with the version,
 * DAGs with import errors, runs.
 *
 * @public
 */
export const collectionKinds = ['health', 'inventory', 'runs'] as const;

/**
 * One kind of facts that are read from a cluster.
 *
 * @public
 */
export type CollectionKind = (typeof collectionKinds)[number];

/**
 * How the last reading of one kind of fact from a cluster went.
 *
 * @public
 */
export const collectionSchema = z.object({
  kind: z.enum(collectionKinds),
  lastAttemptAt: instantSchema,
  lastSuccessAt: instantSchema.nullable(),
  durationMs: z.number().nonnegative(),
  /** Requests that the last attempt sent to Airflow. */
  requests: z.number().int().nonnegative(),
  /** Rows that Airflow could not serve, or that could not be read, and that were left out. */
  skippedRows: z.number().int().nonnegative(),
  /** Which the first of them is, and what is wrong with it. */
  skippedWhy: z.string().optional(),
  problem: problemSchema.nullable(),
});

/**
 * How the last reading of one kind of fact went; see {@link collectionSchema}.
 *
 * @public
 */
export type Collection = z.infer<typeof collectionSchema>;

/**
 * `unknown`: not read yet, or not for too long. `unreachable`: the last reading failed. `degraded`: it answers, but a component is
 * unhealthy or one kind of fact cannot be read.
 *
 * @public
 */
export const clusterStatusSchema = z.enum([
  'healthy',
  'degraded',
  'unreachable',
  'unknown',
]);

/**
 * How a cluster is, in one word; see {@link clusterStatusSchema}.
 *
 * @public
 */
export type ClusterStatus = z.infer<typeof clusterStatusSchema>;

/**
 * What a cluster's version can do; a page asks this and never compares versions itself.
 *
 * @public
 */
export const capabilities = [
  'dag-versions',
  'backfills',
  'backfill-version',
  'human-in-the-loop',
  'assets',
  'structured-logs',
  'trigger-with-run-after',
  'notes',
  'reparse',
] as const;

/**
 * One of {@link capabilities}.
 *
 * @public
 */
export const capabilitySchema = z.enum(capabilities);

/**
 * Something that only some versions of Airflow can do; see {@link capabilities}.
 *
 * @public
 */
export type Capability = z.infer<typeof capabilitySchema>;

/**
 * Counts over what is stored of a cluster; null in {@link clusterSchema} as long as it was never read.
 *
 * @public
 */
export const clusterCountsSchema = z.object({
  dags: z.number().int(),
  pausedDags: z.number().int(),
  importErrors: z.number().int(),
  runningRuns: z.number().int(),
  queuedRuns: z.number().int(),
  failedRuns24h: z.number().int(),
});

/**
 * A cluster: what is configured of it, what was last read of it, and how the readings went.
 *
 * @public
 */
export const clusterSchema = z.object({
  name: z.string(),
  title: z.string(),
  environment: z.string().nullable(),
  /** Entity ref of who owns the cluster. */
  owner: z.string().nullable(),
  tags: z.array(z.string()),
  /** True when the portal refuses every action on it. */
  readOnly: z.boolean(),
  /** Where a person opens this Airflow. */
  webUrl: z.string(),
  /** As Airflow tells it, with vendor suffix; null until it was read. */
  airflowVersion: z.string().nullable(),
  apiVersion: z.enum(['v1', 'v2']).nullable(),
  capabilities: z.array(capabilitySchema),
  status: clusterStatusSchema,
  /** Why the status is not `healthy`. */
  problem: problemSchema.nullable(),
  components: z.array(knownComponentSchema),
  /** Null when nothing told of its clock yet. */
  clock: clusterClockSchema.nullable(),
  /** Whether the portal's user may change things in this Airflow; null when that is not known. */
  mayWrite: z.boolean().nullable(),
  counts: clusterCountsSchema.nullable(),
  collections: z.array(collectionSchema),
});

/**
 * A cluster with its health as last read; see {@link clusterSchema}.
 *
 * @public
 */
export type Cluster = z.infer<typeof clusterSchema>;
