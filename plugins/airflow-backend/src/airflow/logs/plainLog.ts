import type {
  LogEntry,
  LogLevel,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { colouredText, plainText } from './escapes';
import { LONG_LINE, entriesOfEvent, eventOf, eventOfLong } from './events';
import { groupOf } from './groups';
import { linesOf } from './lines';
import { prefixOf } from './prefix';
import { linesOfRepr } from './repr';

const trouble = /not found|could not|unable|fail|error/i;

/** Composer adds to each statement of which task it is. */
const ofComposer = '@-@{';

/** Reads lines of plain text, in whatever format they were written. */
export class PlainLines {
  private level: LogLevel | null = null;
  private hasStamps = false;

  /** Whether lines say themselves when they were written. */
  get isStamped(): boolean {
    return this.hasStamps;
  }

  /** Whether a line begins something by itself: it is stamped, has a level, is JSON, or opens a group. */
  knows(line: string): boolean {
    const begins = prefixOf(line) ?? groupOf(line) ?? eventOf(line);
    return begins !== undefined;
  }

  *read(whole: string): Generator<LogEntry> {
    const line = withoutComposer(whole);
    const event = eventOf(line);
    if (event) yield* entriesOfEvent(event);
    else yield this.readLine(line);
  }

  private readLine(line: string): LogEntry {
    if (line.startsWith('***')) return noticeOf(line.replace(/^\*+\s*/, ''));
    const prefix = prefixOf(line);
    const isStamped =
      prefix !== undefined &&
      (prefix.time !== null || prefix.wallClock !== undefined);
    // Where lines are stamped, one that is not belongs to the one before: a traceback, or a text of several lines.
    if (!prefix || (this.hasStamps && !isStamped)) {
      return plainEntry(line, this.level);
    }
    this.hasStamps ||= isStamped;
    this.level = prefix.level ?? this.level;
    const { time, wallClock, source } = prefix;
    const text = colouredText(prefix.text);
    return (
      groupOf(text) ?? {
        ...{ kind: 'line', text, level: this.level, time, source },
        ...(wallClock === undefined ? {} : { wallClock }),
      }
    );
  }
}

function withoutComposer(line: string): string {
  if (!line.endsWith('}')) return line;
  const at = line.lastIndexOf(ofComposer);
  return at === -1 ? line : line.slice(0, at);
}

function plainEntry(line: string, level: LogLevel | null): LogEntry {
  const text = colouredText(line);
  return (
    groupOf(text) ?? { kind: 'line', text, level, time: null, source: null }
  );
}

/** Airflow speaking of the log itself: where it was found, or why it was not. */
function noticeOf(line: string): LogEntry {
  const text = plainText(line);
  const level = trouble.test(text) ? 'warning' : 'info';
  return { kind: 'notice', level, text };
}

/** What the name of a host may be, or its address. */
const host = /^[\w.:-]{1,253}$/;

/** Reads a task log as Airflow 2 gives it for `text/plain`: for each host that the task ran on its name, then its log. */
export async function* readPlainLog(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<LogEntry> {
  const lines = new PlainLines();
  let isFirst = true;
  /** A line that names a host if what follows it begins a log. */
  let held: string | undefined;
  for await (const whole of linesOf(stream)) {
    for (const line of isFirst ? linesOfRepr(whole) : [whole]) {
      if (held !== undefined) {
        yield* isBeginning(line) ? [ranOn(held)] : lines.read(held);
        held = undefined;
      }
      const event =
        line.length > LONG_LINE
          ? await eventOfLong(withoutComposer(line))
          : undefined;
      if (event) {
        yield* entriesOfEvent(event);
      } else if (isFirst && !line.startsWith('***') && !lines.knows(line)) {
        if (line !== '') yield ranOn(line);
      } else if (host.test(line)) {
        held = line;
      } else {
        yield* lines.read(line);
      }
      isFirst = false;
    }
  }
  if (held !== undefined) yield* lines.read(held);
}

/** Whether a log of Airflow 2 begins so: with where it was found. */
function isBeginning(line: string): boolean {
  return /^\*\*\* |^\s{0,8}INFO - ::group::Log message source/.test(line);
}

function ranOn(name: string): LogEntry {
  return { kind: 'notice', level: 'info', text: `Ran on ${plainText(name)}` };
}
