import {
  logLevels,
  type LogEntry,
  type LogLevel,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { linesOf } from './lines';
import { momentOf } from './stamp';

/** `[2026-11-23T22:20:43.787+0000] {file.py:3337} ERROR - text`, and `[2022-11-16, 13:00:00 UTC]` before 2.9. */
const stamped =
  /^\[(\d{4}-\d\d-\d\d(?:T|, )[\d:.]+(?:[+-]\d\d:?\d\d|Z| UTC)?)\] \{([^}]*)\} (\w+) - (.*)$/;

const trouble = /not found|could not|unable|fail|error/i;

/** Reads a task log as Airflow 2 gives it for `text/plain`: a line with the host, then the lines of its log. */
export async function* readPlainLog(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<LogEntry> {
  let isFirst = true;
  let level: LogLevel | null = null;
  for await (const line of linesOf(stream)) {
    const match = stamped.exec(line);
    if (match) {
      const [, time, source, name, text] = match;
      level = levelOf(name);
      yield stampedEntry(text, level, momentOf(time), source);
    } else if (line.startsWith('***')) {
      yield noticeOf(line.replace(/^\*+\s*/, ''));
    } else if (!isFirst) {
      // What follows a line belongs to it: a traceback, or a text of several lines.
      yield plainEntry(line, level);
    } else if (line !== '') {
      yield { kind: 'notice', level: 'info', text: `Ran on ${line}` };
    }
    isFirst = false;
  }
}

function stampedEntry(
  text: string,
  level: LogLevel | null,
  time: string | null,
  source: string,
): LogEntry {
  return groupOf(text) ?? { kind: 'line', text, level, time, source };
}

function plainEntry(text: string, level: LogLevel | null): LogEntry {
  return (
    groupOf(text) ?? { kind: 'line', text, level, time: null, source: null }
  );
}

/** The markers with which Airflow folds parts of a log; before a task speaks, Airflow 2 writes them with a level. */
export function groupOf(line: string): LogEntry | undefined {
  const text = line.replace(/^\s*INFO - (?=::)/, '');
  if (text.startsWith('::group::')) {
    return { kind: 'group-start', title: text.slice('::group::'.length) };
  }
  return text.startsWith('::endgroup::') ? { kind: 'group-end' } : undefined;
}

/** Airflow speaking of the log itself: where it was found, or why it was not. */
function noticeOf(text: string): LogEntry {
  return {
    kind: 'notice',
    level: trouble.test(text) ? 'warning' : 'info',
    text,
  };
}

/** Both versions name levels as Python's logging does, in upper or lower case. */
export function levelOf(name: string | undefined): LogLevel | null {
  const lower = name?.toLowerCase();
  if (lower === 'warn') return 'warning';
  if (lower === 'exception') return 'error';
  if (lower === 'fatal') return 'critical';
  return logLevels.find(level => level === lower) ?? null;
}
