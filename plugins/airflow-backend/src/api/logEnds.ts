import type { LogEntry } from '@airflow-fleet/backstage-plugin-airflow-common';

/** So many errors between beginning and end are given all the same. */
const MOST_ERRORS = 1_000;

/** The end of a log is held until it is known to be the end; more characters than this are not held. */
const HELD_CHARACTERS = 2_000_000;

function isError(entry: LogEntry): boolean {
  return (
    entry.kind === 'line' &&
    (entry.level === 'error' || entry.level === 'critical')
  );
}

function sizeOf(entry: LogEntry): number {
  return entry.kind === 'line' ? entry.text.length : 0;
}

/** The last entries of those that went by. */
class End {
  private held: LogEntry[] = [];
  /** Place of the first of those that still count. */
  private first = 0;
  private size = 0;

  constructor(private readonly most: number) {}

  /** Takes one more, and gives those that no longer belong to the end. */
  push(entry: LogEntry): LogEntry[] {
    this.held.push(entry);
    this.size += sizeOf(entry);
    const gone: LogEntry[] = [];
    while (
      this.held.length - this.first > this.most ||
      (this.size > HELD_CHARACTERS && this.held.length - this.first > 1)
    ) {
      const oldest = this.held[this.first];
      this.first += 1;
      this.size -= sizeOf(oldest);
      gone.push(oldest);
    }
    if (this.first > this.most) {
      this.held = this.held.slice(this.first);
      this.first = 0;
    }
    return gone;
  }

  entries(): LogEntry[] {
    return this.held.slice(this.first);
  }
}

/** Leaves out the first entries. */
export async function* skip(
  entries: AsyncIterable<LogEntry>,
  count: number,
): AsyncGenerator<LogEntry> {
  let left = count;
  for await (const entry of entries) {
    if (left > 0) left -= 1;
    else yield entry;
  }
}

/**
 * Gives the beginning of a log, the errors of its middle and its end, each as soon as it is known, and says how much
 * it leaves out. However long the log is, no more than the end is held.
 *
 * @param ends - so many entries of the beginning, and as many of the end
 */
export async function* endsOf(
  entries: AsyncIterable<LogEntry>,
  ends: number,
): AsyncGenerator<LogEntry> {
  const end = new End(ends);
  let toBegin = ends;
  let errors = MOST_ERRORS;
  let left = 0;
  for await (const entry of entries) {
    if (toBegin > 0) {
      toBegin -= 1;
      yield entry;
      continue;
    }
    for (const middle of end.push(entry)) {
      if (isError(middle) && errors > 0) {
        errors -= 1;
        if (left > 0) yield { kind: 'gap', entries: left };
        left = 0;
        yield middle;
      } else {
        left += 1;
      }
    }
  }
  if (left > 0) yield { kind: 'gap', entries: left };
  yield* end.entries();
}
