import type {
  LogEntry,
  LogLevel,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { parseJson } from '../http';
import { linesOf } from './lines';
import { groupOf, levelOf } from './plainLog';
import { momentOf } from './stamp';
import { errorDetail, tracebackLines } from './traceback';

const eventSchema = z.looseObject({
  event: z.string(),
  timestamp: z.string().nullish(),
  level: z.string().nullish(),
  logger: z.string().nullish(),
  filename: z.string().nullish(),
  lineno: z.number().nullish(),
  error_detail: errorDetail.nullish().catch(null),
  sources: z.array(z.string()).nullish().catch(null),
});

/** Members that have a place of their own in an entry, or say nothing to a reader. */
const placed = new Set([
  ...Object.keys(eventSchema.shape),
  ...['chan', 'loc'],
  // Of which task the log is, its reader knows.
  ...['dag_id', 'run_id', 'task_id', 'map_index', 'try_number', 'ti_id'],
]);

/** Reads a task log as Airflow 3 gives it for `application/x-ndjson`: one event a line. */
export async function* readEventLog(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<LogEntry> {
  for await (const line of linesOf(stream)) {
    if (line !== '') yield* toEntries(readLine(line));
  }
}

/** Some releases put a line of plain text among the events. */
function readLine(line: string): unknown {
  try {
    return parseJson(line);
  } catch {
    return line;
  }
}

/** One event as it is read from JSON; a text stands for itself. */
export function* toEntries(told: unknown): Generator<LogEntry> {
  const read = eventSchema.safeParse(told);
  if (!read.success) {
    yield textLine(typeof told === 'string' ? told : JSON.stringify(told));
    return;
  }
  const event = read.data;
  const level = levelOf(event.level ?? undefined);
  const group = groupOf(event.event);
  if (group) {
    yield group;
  } else {
    yield* eventLines(event, level);
  }
  for (const source of event.sources ?? []) yield textLine(source);
  for (const text of tracebackLines(event.error_detail ?? [])) {
    yield textLine(text, 'error');
  }
}

function* eventLines(
  event: z.output<typeof eventSchema>,
  level: LogLevel | null,
): Generator<LogEntry> {
  const time = event.timestamp ? momentOf(event.timestamp) : null;
  const source = sourceOf(event);
  const [first, ...rest] = `${event.event}${furtherOf(event)}`.split('\n');
  yield { kind: 'line', text: first, level, time, source };
  for (const text of rest) yield textLine(text, level);
}

function sourceOf(event: z.output<typeof eventSchema>): string | null {
  const { logger, filename, lineno } = event;
  if (filename && lineno) return `${filename}:${lineno}`;
  return logger ?? filename ?? null;
}

/** What a task logs beside the text, as `name=value`. */
function furtherOf(event: z.output<typeof eventSchema>): string {
  return Object.entries(event)
    .filter(([name, value]) => !placed.has(name) && value !== null)
    .map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return ` ${name}=${text}`;
    })
    .join('');
}

function textLine(text: string, level: LogLevel | null = null): LogEntry {
  return { kind: 'line', text, level, time: null, source: null };
}
