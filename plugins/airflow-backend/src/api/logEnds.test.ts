import type { LogEntry } from '@airflow-fleet/backstage-plugin-airflow-common';
import fc from 'fast-check';
import { endsOf, skip } from './logEnds';

const line = (
  text: string,
  level: 'info' | 'error' | null = 'info',
): LogEntry => ({ kind: 'line', text, level, time: null, source: null });

async function* streamed(entries: LogEntry[]) {
  yield* entries;
}

async function read(entries: AsyncIterable<LogEntry>): Promise<LogEntry[]> {
  const all: LogEntry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

const numbered = (count: number) =>
  Array.from({ length: count }, (_, i) => line(String(i)));

describe('the ends of a log', () => {
  it('are the whole of a log that is not longer', async () => {
    const log = numbered(20);
    expect(await read(endsOf(streamed(log), 10))).toEqual(log);
  });

  it('leave out the middle and say how much', async () => {
    const log = numbered(1_000);
    expect(await read(endsOf(streamed(log), 2))).toEqual([
      log[0],
      log[1],
      { kind: 'gap', entries: 996 },
      log[998],
      log[999],
    ]);
  });

  it('keep the errors of the middle in their places', async () => {
    const log = numbered(100);
    log[50] = line('ValueError', 'error');
    expect(await read(endsOf(streamed(log), 1))).toEqual([
      log[0],
      { kind: 'gap', entries: 49 },
      log[50],
      { kind: 'gap', entries: 48 },
      log[99],
    ]);
  });

  it('hold little of an end whose lines are huge', async () => {
    const log = Array.from({ length: 100 }, () => line('x'.repeat(100_000)));
    const shown = await read(endsOf(streamed(log), 50));
    expect(shown.length).toBeLessThan(72);
  });

  it('account for every entry, in order, whatever the log', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean()),
        fc.integer({ min: 1, max: 10 }),
        fc.nat(20),
        async (errors, ends, after) => {
          const log = errors.map((isError, i) =>
            line(String(i), isError ? 'error' : 'info'),
          );
          const shown = await read(endsOf(skip(streamed(log), after), ends));
          const places = shown.flatMap(entry =>
            entry.kind === 'gap'
              ? Array.from({ length: entry.entries }, () => undefined)
              : [entry],
          );
          const rest = log.slice(after);
          expect(places).toHaveLength(rest.length);
          expect(places).toEqual(rest.map((entry, i) => places[i] && entry));
        },
      ),
    ));
});
