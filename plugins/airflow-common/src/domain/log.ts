import { z } from 'zod';
import { instantSchema } from './time';

/**
 * Levels of log entries, from the least to the most serious.
 *
 * @public
 */
export const logLevels = [
  'debug',
  'info',
  'warning',
  'error',
  'critical',
] as const;

/**
 * One of {@link logLevels}.
 *
 * @public
 */
export const logLevelSchema = z.enum(logLevels);

/**
 * How serious a log entry is.
 *
 * @public
 */
export type LogLevel = z.infer<typeof logLevelSchema>;

/**
 * One entry of a task log, the same for both Airflow versions. A traceback is a row of lines of level `error`.
 * `notice` is the portal speaking, as when the stream broke; `gap` stands for entries that it left out.
 *
 * @public
 */
export const logEntrySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('line'),
    text: z.string(),
    level: logLevelSchema.nullable(),
    time: instantSchema.nullable(),
    /** The time as it stands in the log, where it has no zone or one of which nobody knows which it is. */
    wallClock: z.string().optional(),
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
  z.object({
    kind: z.literal('gap'),
    entries: z.number().int().positive(),
  }),
]);

/**
 * Why an attempt failed, as its log tells: what the task runner reports, or the command or pod that ran; else how its
 * process died, its last traceback, its last line of level error, or else its end.
 *
 * @public
 */
export const taskErrorSchema = z.object({
  /**
   * What it failed with, such as `ValueError: no rows` or `Killed by SIGKILL, probably out of memory`; null where the
   * log names nothing.
   */
  exception: z.string().nullable(),
  /** The lines of the log around the error, at most 40. */
  excerpt: z.array(z.string()),
  /** Place in the log of the line that tells it best, counted from one; null where no line does. */
  line: z.number().int().positive().nullable(),
  /** Whether the log was read to its end. Of a very long one, or where it broke, what came before is told. */
  isWhole: z.boolean(),
  /** Whether it is still being read: whoever asks again soon is told more. */
  isReading: z.boolean(),
});

/**
 * The error in a log; see {@link taskErrorSchema}.
 *
 * @public
 */
export type TaskError = z.infer<typeof taskErrorSchema>;

/**
 * One entry of a task log; see {@link logEntrySchema}.
 *
 * @public
 */
export type LogEntry = z.infer<typeof logEntrySchema>;
