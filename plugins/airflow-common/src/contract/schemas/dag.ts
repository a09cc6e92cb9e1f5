import {
  dagPresences,
  scheduleKinds,
  type Dag,
  type DagDetails,
  type DagListItem,
  type DagParam,
  type DagZone,
  type Failing,
  type Presence,
  type Schedule,
  type ScheduleKind,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { dagRunObject, dagRunSchema } from './dagRun';
import { ownershipSchema } from './ownership';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

/** Reads a `ScheduleKind`. @public */
export const scheduleKindSchema: Schema<ScheduleKind> = schemaOf(
  z.enum(scheduleKinds),
);

/** Reads a `Schedule`. @public */
export const scheduleSchema: Schema<Schedule> = schemaOf(
  z.object({
    kind: scheduleKindSchema,
    expression: z.string().nullable(),
    description: z.string().nullable(),
  }),
);

/** Reads a `Presence`. @public */
export const presenceSchema: Schema<Presence> = schemaOf(
  z.object({
    state: z.enum(dagPresences),
    since: instantSchema.nullable(),
    reason: z.string().nullable(),
  }),
);

/** For schemas with more or fewer members. */
export const dagObject = z.object({
  cluster: z.string(),
  dagId: z.string(),
  displayName: z.string(),
  description: z.string().nullable(),
  paused: z.boolean(),
  hasImportErrors: z.boolean(),
  tags: z.array(z.string()),
  owners: z.array(z.string()),
  owner: ownershipSchema.nullable(),
  schedule: scheduleSchema,
  nextRunAt: instantSchema.nullable(),
  fileLocation: z.string().nullable(),
  lastParsedAt: instantSchema.nullable(),
  maxActiveRuns: z.number().int().nullable(),
  readAt: instantSchema,
  presence: presenceSchema,
  goneAt: instantSchema.nullable(),
});

/** Reads a `Dag`. @public */
export const dagSchema: Schema<Dag> = schemaOf(dagObject);

/** Reads a `DagZone`. @public */
export const dagZoneSchema: Schema<DagZone> = schemaOf(
  z.discriminatedUnion('source', [
    z.object({
      source: z.enum(['tag', 'cluster', 'inferred']),
      name: z.string(),
    }),
    z.object({
      source: z.literal('open'),
      names: z.array(z.string()),
      total: z.number().int(),
    }),
  ]),
);

/** Reads a `Failing`. @public */
export const failingSchema: Schema<Failing> = schemaOf(
  z.object({
    failures: z.number().int().positive(),
    since: instantSchema,
  }),
);

/** Reads a `DagListItem`. @public */
export const dagListItemSchema: Schema<DagListItem> = schemaOf(
  dagObject.extend({
    zone: dagZoneSchema.nullable(),
    lastRun: dagRunSchema.nullable(),
    recentRuns: z.array(
      dagRunObject.pick({
        runId: true,
        state: true,
        runAfter: true,
        startedAt: true,
        durationMs: true,
      }),
    ),
    successRate: z.number().min(0).max(1).nullable(),
    failing: failingSchema.nullable(),
  }),
);

/** Reads a `DagParam`. @public */
export const dagParamSchema: Schema<DagParam> = schemaOf(
  z.object({
    name: z.string(),
    value: z.string(),
    description: z.string().nullable(),
    schema: z.string(),
  }),
);

/** Reads a `DagDetails`. @public */
export const dagDetailsSchema: Schema<DagDetails> = schemaOf(
  z.object({
    docMd: z.string().nullable(),
    params: z.array(dagParamSchema),
    startDate: instantSchema.nullable(),
    endDate: instantSchema.nullable(),
    catchup: z.boolean().nullable(),
    maxActiveTasks: z.number().int().nullable(),
    runTimeoutSeconds: z.number().nullable(),
    pausesAfterFailures: z.number().int().positive().nullable(),
    rendersNative: z.boolean().nullable(),
    version: z.number().int().nullable(),
    bundle: z.string().nullable(),
    bundleVersion: z.string().nullable(),
    parseDurationMs: z.number().nullable(),
    backfillRefusal: z.enum(['no-dates', 'not-allowed']).nullable(),
  }),
);
