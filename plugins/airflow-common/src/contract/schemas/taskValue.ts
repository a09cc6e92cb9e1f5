import type {
  RenderedField,
  TaskFacts,
  TaskValue,
  WaitReason,
  XCom,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

/** Reads a `TaskValue`. @public */
export const taskValueSchema: Schema<TaskValue> = schemaOf(
  z.object({
    text: z.string(),
    isJson: z.boolean(),
    length: z.number().int().nonnegative(),
    isCut: z.boolean(),
  }),
);

/** Reads a `XCom`. @public */
export const xcomSchema: Schema<XCom> = schemaOf(
  z.object({
    key: z.string(),
    storedAt: instantSchema.nullable(),
  }),
);

/** Reads a `RenderedField`. @public */
export const renderedFieldSchema: Schema<RenderedField> = schemaOf(
  z.object({
    name: z.string(),
    value: taskValueSchema,
  }),
);

/** Reads a `TaskFacts`. @public */
export const taskFactsSchema: Schema<TaskFacts> = schemaOf(
  z.object({
    priorityWeight: z.number().nullable(),
    poolSlots: z.number().nullable(),
    executor: z.string().nullable(),
    links: z.array(z.object({ name: z.string(), url: z.string() })).nullable(),
  }),
);

/** Reads a `WaitReason`. @public */
export const waitReasonSchema: Schema<WaitReason> = schemaOf(
  z.object({
    name: z.string(),
    reason: z.string(),
  }),
);
