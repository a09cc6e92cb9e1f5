import {
  capabilities,
  clusterStatuses,
  collectionKinds,
  componentNames,
  type Capability,
  type Cluster,
  type ClusterCounts,
  type ClusterStatus,
  type Collection,
  type ComponentHealth,
  type KnownComponent,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { clusterClockSchema } from './clock';
import { problemSchema } from './problem';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

/** For schemas with more or fewer members. */
const componentHealthObject = z.object({
  name: z.enum(componentNames),
  status: z.enum(['healthy', 'unhealthy', 'absent', 'unknown']),
  heartbeatAt: instantSchema.nullable(),
});

/** Reads a `ComponentHealth`. @public */
export const componentHealthSchema: Schema<ComponentHealth> = schemaOf(
  componentHealthObject,
);

/** Reads a `KnownComponent`. @public */
export const knownComponentSchema: Schema<KnownComponent> = schemaOf(
  componentHealthObject.extend({
    lastSeen: z
      .object({
        status: componentHealthObject.shape.status,
        readAt: instantSchema,
      })
      .optional(),
  }),
);

/** Reads a `Collection`. @public */
export const collectionSchema: Schema<Collection> = schemaOf(
  z.object({
    kind: z.enum(collectionKinds),
    lastAttemptAt: instantSchema,
    lastSuccessAt: instantSchema.nullable(),
    durationMs: z.number().nonnegative(),
    requests: z.number().int().nonnegative(),
    skippedRows: z.number().int().nonnegative(),
    skippedWhy: z.string().optional(),
    problem: problemSchema.nullable(),
  }),
);

/** Reads a `ClusterStatus`. @public */
export const clusterStatusSchema: Schema<ClusterStatus> = schemaOf(
  z.enum(clusterStatuses),
);

/** Reads a `Capability`. @public */
export const capabilitySchema: Schema<Capability> = schemaOf(
  z.enum(capabilities),
);

/** Reads a `ClusterCounts`. @public */
export const clusterCountsSchema: Schema<ClusterCounts> = schemaOf(
  z.object({
    dags: z.number().int(),
    pausedDags: z.number().int(),
    importErrors: z.number().int(),
    runningRuns: z.number().int(),
    queuedRuns: z.number().int(),
    failedRuns24h: z.number().int(),
  }),
);

/** Reads a `Cluster`. @public */
export const clusterSchema: Schema<Cluster> = schemaOf(
  z.object({
    name: z.string(),
    title: z.string(),
    environment: z.string().nullable(),
    owner: z.string().nullable(),
    tags: z.array(z.string()),
    readOnly: z.boolean(),
    webUrl: z.string(),
    airflowVersion: z.string().nullable(),
    apiVersion: z.enum(['v1', 'v2']).nullable(),
    capabilities: z.array(capabilitySchema),
    status: clusterStatusSchema,
    problem: problemSchema.nullable(),
    components: z.array(knownComponentSchema),
    clock: clusterClockSchema.nullable(),
    mayWrite: z.boolean().nullable(),
    counts: clusterCountsSchema.nullable(),
    collections: z.array(collectionSchema),
  }),
);
