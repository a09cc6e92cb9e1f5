import type { Instant } from './time';

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
 * How serious a log entry is.
 *
 * @public
 */
export type LogLevel = (typeof logLevels)[number];

/**
 * One entry of a task log, the same for both Airflow versions. A traceback is a row of lines of level `error`.
 * `notice` is the portal speaking, as when the stream broke; `gap` stands for entries that it left out.
 *
 * @public
 */
export type LogEntry =
  | {
      kind: 'line';
      text: string;
      level: LogLevel | null;
      time: Instant | null;
      /** The time as it stands in the log, where it has no zone or one of which nobody knows which it is. */
      wallClock?: string;
      /** Logger, or file and line number, when told. */
      source: string | null;
    }
  | { kind: 'group-start'; title: string }
  | { kind: 'group-end' }
  | {
      kind: 'notice';
      level: LogLevel;
      text: string;
    }
  | {
      kind: 'gap';
      entries: number;
    };

/**
 * Why an attempt failed, as its log tells: what the task runner reports, or the command or pod that ran; else how its
 * process died, its last traceback, its last line of level error, or else its end.
 *
 * @public
 */
export type TaskError = {
  /**
   * What it failed with, such as `ValueError: no rows` or `Killed by SIGKILL, probably out of memory`; null where the
   * log names nothing.
   */
  exception: string | null;
  /** The lines of the log around the error, at most 40. */
  excerpt: string[];
  /** Place in the log of the line that tells it best, counted from one; null where no line does. */
  line: number | null;
  /** Whether the log was read to its end. Of a very long one, or where it broke, what came before is told. */
  isWhole: boolean;
  /** Whether it is still being read: whoever asks again soon is told more. */
  isReading: boolean;
};
