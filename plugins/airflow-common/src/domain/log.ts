import { z } from 'zod';
import { instantSchema } from './time';

/** @public */
export const logLevels = [
  'debug',
  'info',
  'warning',
  'error',
  'critical',
] as const;

/** @public */
export const logLevelSchema = z.enum(logLevels);

/** @public */
export type LogLevel = z.infer<typeof logLevelSchema>;

/**
 * One entry of a task log, the same for both Airflow versions. A traceback is a row of lines of level `error`.
 * `notice` is the portal speaking: the log was cut, or the stream broke.
 *
 * @public
 */
export const logEntrySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('line'),
    text: z.string(),
    level: logLevelSchema.nullable(),
    time: instantSchema.nullable(),
    /** Logger, or file and line number, when told. */
    source: z.string().nullable(),
  }),
  z.object({ kind: z.literal('group-start'), title: z.string() }),
  z.object({ kind: z.literal('group-end') }),
  z.object({
    kind: z.literal('notice'),
    level: logLevelSchema,
    text: z.string(),
  }),
]);

/** @public */
export type LogEntry = z.infer<typeof logEntrySchema>;
