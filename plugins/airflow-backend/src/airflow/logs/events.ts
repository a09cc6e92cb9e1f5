import type {
  LogEntry,
  LogLevel,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { parseJson, readJson } from '../http';
import { colouredText } from './escapes';
import { groupOf } from './groups';
import { levelOf } from './levels';
import { momentOf } from './stamp';
import { tracebackLines } from './traceback';

/** One thing that was logged, as an object. */
export type LogEvent = Record<string, unknown>;

/** What members of an event are called, by structlog as Airflow 3 has it first, then by formatters of Python. */
const names = {
  text: ['event', 'message', 'msg', 'log'],
  time: ['timestamp', 'asctime', '@timestamp', 'time', 'ts'],
  level: ['level', 'levelname', 'severity'],
  logger: ['logger', 'name'],
  file: ['filename'],
  line: ['lineno'],
  details: ['error_detail', 'exception', 'exc_info', 'exc_text'],
  sources: ['sources'],
};

/** So many members that have no place of their own are told of an event; nobody reads more. */
const MOST_FURTHER = 1_000;

/** Of which task the log is, its reader knows; the others are of Airflow's own making. */
const unsaid = new Set([
  ...['dag_id', 'run_id', 'task_id', 'map_index', 'try_number', 'ti_id'],
  ...['execution_date', 'logical_date', 'log_id', 'offset', 'chan', 'loc'],
]);

/** JSON of a line that is longer is read while others have their turns. */
export const LONG_LINE = 64 * 1024;

/** An object that was logged as a line of JSON that is not long: it has a text, and a time or a level. */
export function eventOf(line: string): LogEvent | undefined {
  return line.startsWith('{"') && line.length <= LONG_LINE
    ? loggedOf(objectOf(line))
    : undefined;
}

function loggedOf(event: LogEvent | undefined): LogEvent | undefined {
  const has = (wanted: readonly string[]) =>
    wanted.some(name => event?.[name] !== undefined);
  const isLogged = has(names.text) && (has(names.time) || has(names.level));
  return isLogged ? event : undefined;
}

/** What a line says in JSON, if it is an object. */
export function objectOf(line: string): LogEvent | undefined {
  try {
    return toEvent(parseJson(line));
  } catch {
    return undefined;
  }
}

/** As {@link objectOf}, of a long line, while others have their turns. */
export async function objectOfLong(
  line: string,
): Promise<LogEvent | undefined> {
  if (!line.startsWith('{')) return undefined;
  return readJson(line).then(toEvent, () => undefined);
}

/** As {@link eventOf}, of a long line. */
export async function eventOfLong(line: string): Promise<LogEvent | undefined> {
  return loggedOf(await objectOfLong(line));
}

export function toEvent(raw: unknown): LogEvent | undefined {
  return isEvent(raw) ? raw : undefined;
}

function isEvent(raw: unknown): raw is LogEvent {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

/** The lines that an event makes, each as it is asked for; what led to it stands below it, on its level. */
export function* entriesOfEvent(event: LogEvent): Generator<LogEntry> {
  const first = (wanted: readonly string[]) =>
    wanted.find(name => event[name] !== undefined);
  const value = (wanted: readonly string[]) => event[first(wanted) ?? ''];
  const details = names.details.filter(
    name =>
      isDetail(event[name]) ||
      (name === 'error_detail' && typeof event[name] === 'string'),
  );
  const placed = new Set<string | undefined>([
    ...[names.text, names.time, names.level, names.logger].map(first),
    ...[...names.file, ...names.line, ...names.sources, ...details],
  ]);
  const further = Object.entries(event).filter(
    ([name, of]) => !placed.has(name) && !unsaid.has(name) && of !== null,
  );
  const text = [
    textOf(value(names.text) ?? ''),
    ...further
      .slice(0, MOST_FURTHER)
      .map(([name, of]) => `${name}=${textOf(of)}`),
    ...(further.length > MOST_FURTHER
      ? [`… (${further.length - MOST_FURTHER} more)`]
      : []),
  ]
    .filter(part => part !== '')
    .join(' ');
  const level = levelIn(value(names.level));
  const time = timeIn(value(names.time));
  const source = sourceIn(event, value(names.logger));
  const [head, ...rest] = text.split('\n');
  const line = colouredText(head);
  yield groupOf(line) ?? { kind: 'line', text: line, level, ...time, source };
  for (const more of rest) yield textLine(colouredText(more), level);
  const sources: unknown = event.sources;
  for (const of of Array.isArray(sources) ? sources : []) {
    yield textLine(colouredText(textOf(of)));
  }
  for (const name of details) {
    for (const more of tracebackLines(event[name])) {
      yield textLine(colouredText(more), level ?? 'error');
    }
  }
}

/** Whether a member tells what was raised, as a list or as the text that Python prints. */
function isDetail(value: unknown): boolean {
  return typeof value === 'string'
    ? value.includes('Traceback (most recent call last)')
    : Array.isArray(value);
}

function levelIn(value: unknown): LogLevel | null {
  if (typeof value === 'string') return levelOf(value.trim());
  if (typeof value !== 'number') return null;
  // As Python counts them.
  if (value >= 50) return 'critical';
  if (value >= 40) return 'error';
  if (value >= 30) return 'warning';
  return value >= 20 ? 'info' : 'debug';
}

export function timeIn(value: unknown): {
  time: string | null;
  wallClock?: string;
} {
  if (typeof value !== 'string' && typeof value !== 'number') {
    return { time: null };
  }
  const time = momentOf(value);
  return time === null && value !== ''
    ? { time, wallClock: colouredText(`${value}`) }
    : { time };
}

function sourceIn(event: LogEvent, logger: unknown): string | null {
  const { filename, lineno } = event;
  const file = typeof filename === 'string' && filename ? filename : null;
  const hasLine = typeof lineno === 'number' || typeof lineno === 'string';
  if (file && hasLine) return `${file}:${lineno}`;
  return typeof logger === 'string' ? logger : file;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? '';
}

function textLine(text: string, level: LogLevel | null = null): LogEntry {
  return { kind: 'line', text, level, time: null, source: null };
}
