import {
  alertStatuses,
  componentNames,
  type Alert,
  type AlertAcknowledgement,
  type AlertExplanation,
  type AlertFailure,
  type AlertFlapping,
  type AlertResolution,
  type AlertStatus,
  type AlertSubject,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { alertRuleTypeSchema, severitySchema } from './alertRule';
import { ownershipSchema } from './ownership';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

/** Reads an `AlertStatus`. @public */
export const alertStatusSchema: Schema<AlertStatus> = schemaOf(
  z.enum(alertStatuses),
);

/** Reads an `AlertSubject`. @public */
export const alertSubjectSchema: Schema<AlertSubject> = schemaOf(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('cluster'), cluster: z.string() }),
    z.object({
      kind: z.literal('component'),
      cluster: z.string(),
      component: z.enum(componentNames),
    }),
    z.object({
      kind: z.literal('dag-file'),
      cluster: z.string(),
      filename: z.string(),
    }),
    z.object({
      kind: z.literal('dag'),
      cluster: z.string(),
      dagId: z.string(),
    }),
    z.object({
      kind: z.literal('run'),
      cluster: z.string(),
      dagId: z.string(),
      runId: z.string(),
    }),
  ]),
);

/** Reads an `AlertFailure`. @public */
export const alertFailureSchema: Schema<AlertFailure> = schemaOf(
  z.object({
    runId: z.string(),
    taskId: z.string(),
    mapIndex: z.number().int(),
    tryNumber: z.number().int(),
    exception: z.string().nullable(),
    excerpt: z.array(z.string()),
  }),
);

/** Reads an `AlertExplanation`. @public */
export const alertExplanationSchema: Schema<AlertExplanation> = schemaOf(
  z.object({
    state: z.enum(['looking', 'found', 'none', 'unreadable']),
    tries: z.number().int().nonnegative(),
    nextAt: instantSchema.nullable(),
    because: z.string().nullable(),
  }),
);

/** Reads an `AlertResolution`. @public */
export const alertResolutionSchema: Schema<AlertResolution> = schemaOf(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('proof'),
      at: instantSchema,
      text: z.string(),
      runId: z.string().nullable(),
    }),
    z.object({
      kind: z.literal('by-hand'),
      at: instantSchema,
      by: z.string(),
      reason: z.string(),
    }),
  ]),
);

/** Reads an `AlertAcknowledgement`. @public */
export const alertAcknowledgementSchema: Schema<AlertAcknowledgement> =
  schemaOf(
    z.object({
      at: instantSchema,
      by: z.string(),
      note: z.string().nullable(),
    }),
  );

/** Reads an `AlertFlapping`. @public */
export const alertFlappingSchema: Schema<AlertFlapping> = schemaOf(
  z.object({
    times: z.number().int().positive(),
    since: instantSchema,
  }),
);

/** Reads an `Alert`. @public */
export const alertSchema: Schema<Alert> = schemaOf(
  z.object({
    id: z.string(),
    rule: z.string(),
    ruleType: alertRuleTypeSchema,
    severity: severitySchema,
    status: alertStatusSchema,
    subject: alertSubjectSchema,
    title: z.string(),
    observed: z.string(),
    expected: z.string(),
    since: instantSchema,
    noticedAt: instantSchema,
    firedAt: instantSchema.nullable(),
    lastSeenAt: instantSchema,
    factsReadAt: instantSchema.nullable(),
    blindSince: instantSchema.optional(),
    runId: z.string().nullable(),
    owner: ownershipSchema.nullable(),
    failure: alertFailureSchema.nullable(),
    explanation: alertExplanationSchema.nullable(),
    acknowledged: alertAcknowledgementSchema.nullable(),
    resolution: alertResolutionSchema.nullable(),
    inhibitedBy: z.string().nullable(),
    reopened: z.number().int().nonnegative(),
    flapping: alertFlappingSchema.nullable(),
    oldNews: z.boolean(),
  }),
);
