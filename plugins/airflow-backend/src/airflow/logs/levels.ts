import {
  logLevels,
  type LogLevel,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** What levels are called, beside the names that are ours too. */
const others: Readonly<Record<string, LogLevel>> = {
  trace: 'debug',
  notice: 'info',
  success: 'info',
  warn: 'warning',
  exception: 'error',
  fatal: 'critical',
};

/** Every name of a level, as a pattern. */
export const levelName = [...logLevels, ...Object.keys(others)].join('|');

/** Both versions name levels as Python's logging does, in upper or lower case. */
export function levelOf(name: string): LogLevel | null {
  const lower = name.toLowerCase();
  return logLevels.find(level => level === lower) ?? others[lower] ?? null;
}
