import type { LogEntry } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  LONG_LINE,
  entriesOfEvent,
  objectOf,
  objectOfLong,
  timeIn,
  toEvent,
} from './events';
import { linesOf } from './lines';
import { PlainLines } from './plainLog';

/** Reads the events of a log of Airflow 3. */
export class Events {
  private plain = new PlainLines();

  /** Takes an event as it is read from JSON; a text stands for itself. */
  *read(raw: unknown): Generator<LogEntry> {
    const event = typeof raw === 'string' ? undefined : toEvent(raw);
    if (!event) {
      const line = typeof raw === 'string' ? raw : JSON.stringify(raw);
      yield* this.plain.read(line ?? '');
      return;
    }
    const { event: text, timestamp, ...others } = event;
    if (typeof text === 'string' && Object.keys(others).length === 0) {
      yield* this.readRaw(text, timestamp);
      return;
    }
    this.plain = new PlainLines();
    yield* entriesOfEvent(event);
  }

  /** What was no event: Airflow 3 makes one of it that has no level, as of the logs that an Airflow 2 left. */
  private *readRaw(text: string, timestamp: unknown): Generator<LogEntry> {
    let isFirst = true;
    for (const line of text.split('\n')) {
      for (const entry of this.plain.read(line)) {
        const isUntimed = entry.kind === 'line' && !this.plain.isStamped;
        yield isFirst && isUntimed ? { ...entry, ...timeIn(timestamp) } : entry;
        isFirst = false;
      }
    }
  }
}

/** Reads a task log as Airflow 3 gives it for `application/x-ndjson`: one event a line. */
export async function* readEventLog(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<LogEntry> {
  const events = new Events();
  for await (const line of linesOf(stream)) {
    // Some releases put a line of plain text among the events.
    if (line === '') continue;
    const event =
      line.length > LONG_LINE ? await objectOfLong(line) : objectOf(line);
    yield* events.read(event ?? line);
  }
}
