import {
  logLevels,
  type LogEntry,
  type LogLevel,
  type TaskError,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

/** Reads a `LogLevel`. @public */
export const logLevelSchema: Schema<LogLevel> = schemaOf(z.enum(logLevels));

/** Reads a `LogEntry`. @public */
export const logEntrySchema: Schema<LogEntry> = schemaOf(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('line'),
      text: z.string(),
      level: logLevelSchema.nullable(),
      time: instantSchema.nullable(),
      wallClock: z.string().optional(),
      source: z.string().nullable(),
    }),
    z.object({ kind: z.literal('group-start'), title: z.string() }),
    z.object({ kind: z.literal('group-end') }),
    z.object({
      kind: z.literal('notice'),
      level: logLevelSchema,
      text: z.string(),
    }),
    z.object({
      kind: z.literal('gap'),
      entries: z.number().int().positive(),
    }),
  ]),
);

/** Reads a `TaskError`. @public */
export const taskErrorSchema: Schema<TaskError> = schemaOf(
  z.object({
    exception: z.string().nullable(),
    excerpt: z.array(z.string()),
    line: z.number().int().positive().nullable(),
    isWhole: z.boolean(),
    isReading: z.boolean(),
  }),
);
