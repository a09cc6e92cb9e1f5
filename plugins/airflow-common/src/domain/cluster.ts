import type { ClusterClock } from './clock';
import type { Problem } from './problem';
import type { Instant } from './time';

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
export type ComponentHealth = {
  name: (typeof componentNames)[number];
  status: 'healthy' | 'unhealthy' | 'absent' | 'unknown';
  heartbeatAt: Instant | null;
};

/**
 * A component as the portal knows it now. While its cluster's health cannot be read, or was not for too long, the status
 * is `unknown` and `lastSeen` says how it was when it was last read.
 *
 * @public
 */
export type KnownComponent = ComponentHealth & {
  lastSeen?: {
    status: ComponentHealth['status'];
    readAt: Instant;
  };
};

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
export type Collection = {
  kind: CollectionKind;
  lastAttemptAt: Instant;
  lastSuccessAt: Instant | null;
  durationMs: number;
  /** Requests that the last attempt sent to Airflow. */
  requests: number;
  /** Rows that Airflow could not serve, or that could not be read, and that were left out. */
  skippedRows: number;
  /** Which the first of them is, and what is wrong with it. */
  skippedWhy?: string;
  problem: Problem | null;
};

/**
 * `unknown`: not read yet, or not for too long. `unreachable`: the last reading failed. `degraded`: it answers, but a component is
 * unhealthy or one kind of fact cannot be read.
 *
 * @public
 */
export const clusterStatuses = [
  'healthy',
  'degraded',
  'unreachable',
  'unknown',
] as const;

/**
 * How a cluster is, in one word; see {@link clusterStatuses}.
 *
 * @public
 */
export type ClusterStatus = (typeof clusterStatuses)[number];

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
 * Something that only some versions of Airflow can do; see {@link capabilities}.
 *
 * @public
 */
export type Capability = (typeof capabilities)[number];

/**
 * Counts over what is stored of a cluster; null in {@link Cluster} as long as it was never read.
 *
 * @public
 */
export type ClusterCounts = {
  dags: number;
  pausedDags: number;
  importErrors: number;
  runningRuns: number;
  queuedRuns: number;
  failedRuns24h: number;
};

/**
 * A cluster: what is configured of it, what was last read of it, and how the readings went.
 *
 * @public
 */
export type Cluster = {
  name: string;
  title: string;
  environment: string | null;
  /** Entity ref of who owns the cluster. */
  owner: string | null;
  tags: string[];
  /** True when the portal refuses every action on it. */
  readOnly: boolean;
  /** Where a person opens this Airflow. */
  webUrl: string;
  /** As Airflow tells it, with vendor suffix; null until it was read. */
  airflowVersion: string | null;
  apiVersion: 'v1' | 'v2' | null;
  capabilities: Capability[];
  status: ClusterStatus;
  /** Why the status is not `healthy`. */
  problem: Problem | null;
  components: KnownComponent[];
  /** Null when nothing told of its clock yet. */
  clock: ClusterClock | null;
  /** Whether the portal's user may change things in this Airflow; null when that is not known. */
  mayWrite: boolean | null;
  counts: ClusterCounts | null;
  collections: Collection[];
};
