import type {
  DagRun,
  DagRunDetails,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';
import { dagRunStateSchema, dagRunTypeSchema } from './states';
import { instantSchema } from './time';

/** For schemas with more or fewer members. */
export const dagRunObject = z.object({
  cluster: z.string(),
  dagId: z.string(),
  runId: z.string(),
  state: dagRunStateSchema,
  type: dagRunTypeSchema,
  logicalDate: instantSchema.nullable(),
  runAfter: instantSchema,
  dueAt: instantSchema,
  queuedAt: instantSchema.nullable(),
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  durationMs: z.number().nonnegative().nullable(),
  triggeredBy: z.string().nullable(),
  triggeringUser: z.string().nullable(),
  note: z.string().nullable(),
});

/** Reads a `DagRun`. @public */
export const dagRunSchema: Schema<DagRun> = schemaOf(dagRunObject);

/** For schemas with more or fewer members. */
export const dagRunDetailsObject = dagRunObject.extend({
  conf: z.string(),
  dataIntervalStart: instantSchema.nullable(),
  dataIntervalEnd: instantSchema.nullable(),
});

/** Reads a `DagRunDetails`. @public */
export const dagRunDetailsSchema: Schema<DagRunDetails> =
  schemaOf(dagRunDetailsObject);
