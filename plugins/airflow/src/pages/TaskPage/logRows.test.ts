import type { LogEntry } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  findRows,
  firstErrorRow,
  visibleRows,
  type LogFilter,
} from './logRows';

const line = (text: string, level: 'debug' | 'info' | 'error' | null = null) =>
  ({ kind: 'line', text, level, time: null, source: null } as const);

const log: LogEntry[] = [
  { kind: 'group-start', title: 'Log message source details' },
  line('/logs/attempt=1.log'),
  { kind: 'group-end' },
  line('begin', 'info'),
  line('detail', 'debug'),
  { kind: 'group-start', title: 'Batch 1' },
  line('Loading A', 'info'),
  { kind: 'group-start', title: 'Inner' },
  line('deep', 'info'),
  { kind: 'group-end' },
  { kind: 'group-end' },
  line('ValueError: loading failed', 'error'),
  { kind: 'notice', level: 'warning', text: 'The log was cut' },
];

function shown(filter: Partial<LogFilter> = {}) {
  return visibleRows(log, {
    lowest: 'debug',
    toggled: new Set(),
    wanted: '',
    ...filter,
  });
}

const texts = (filter?: Partial<LogFilter>) => shown(filter).map(r => r.text);

describe('rows of a log', () => {
  it("fold Airflow's own groups and open those of the author", () => {
    expect(texts()).toEqual([
      'Log message source details',
      'begin',
      'detail',
      'Batch 1',
      'Loading A',
      'Inner',
      'deep',
      'ValueError: loading failed',
      'The log was cut',
    ]);
  });

  it("open a group of Airflow's own that holds an error", () => {
    const entries: LogEntry[] = [
      { kind: 'group-start', title: 'Post task execution logs' },
      line('Task failed', 'error'),
      { kind: 'group-end' },
    ];
    const rows = visibleRows(entries, {
      lowest: 'debug',
      toggled: new Set(),
      wanted: '',
    });
    expect(rows.map(({ text }) => text)).toEqual([
      'Post task execution logs',
      'Task failed',
    ]);
  });

  it('open a group that holds what is searched for', () => {
    const found = shown({ wanted: 'ATTEMPT=1' });
    expect(found[findRows(found, 'ATTEMPT=1')[0]]).toMatchObject({
      text: '/logs/attempt=1.log',
    });
  });

  it('say how many lines a group holds, and how many errors', () => {
    const batch = shown().find(({ text }) => text === 'Batch 1');
    expect(batch).toMatchObject({ lines: 2, errors: 0 });
  });

  it('count on behind a gap, outside of all groups', () => {
    const entries: LogEntry[] = [
      { kind: 'group-start', title: 'Batch 1' },
      line('first'),
      { kind: 'gap', entries: 1_000 },
      line('last'),
      { kind: 'group-end' },
      line('after'),
    ];
    const rows = visibleRows(entries, {
      lowest: 'debug',
      toggled: new Set([1]),
      wanted: '',
    });
    expect(rows.map(({ nr, text, depth }) => [nr, text, depth])).toEqual([
      [1, 'Batch 1', 0],
      [3, expect.stringMatching(/^1.?000 lines are left out/), 0],
      [1003, 'last', 0],
      [1005, 'after', 0],
    ]);
  });

  it('open and fold by hand, with all that is within', () => {
    expect(texts({ toggled: new Set([1, 6]) })).toEqual([
      'Log message source details',
      '/logs/attempt=1.log',
      'begin',
      'detail',
      'Batch 1',
      'ValueError: loading failed',
      'The log was cut',
    ]);
  });

  it('leave out what is below a level, but never a group', () => {
    expect(texts({ lowest: 'error' })).toEqual([
      'Log message source details',
      'Batch 1',
      'Inner',
      'ValueError: loading failed',
    ]);
  });

  it('know their place in the log and how deep they are', () => {
    const deep = shown().find(({ text }) => text === 'deep');
    expect(deep).toMatchObject({ nr: 9, depth: 2 });
  });

  it('are found by their text, without regard to case', () => {
    expect(findRows(shown(), 'LOADING')).toEqual([4, 7]);
    expect(findRows(shown(), ' ')).toEqual([]);
  });

  it('are found across the colours in their text', () => {
    const entries: LogEntry[] = [line('\x1b[31mData\x1b[1mbase\x1b[0m error')];
    const filter = { lowest: 'debug', toggled: new Set<number>() } as const;
    const rows = visibleRows(entries, { ...filter, wanted: 'database' });
    expect(findRows(rows, 'database error')).toEqual([0]);
  });

  it('lead to no error where a warning tells what it handled', () => {
    const entries: LogEntry[] = [
      { ...line('handled'), level: 'warning' },
      { ...line("KeyError: 'cache'"), level: 'warning' },
      line('ValueError', 'error'),
    ];
    const filter = { lowest: 'debug', toggled: new Set<number>() } as const;
    const rows = visibleRows(entries, { ...filter, wanted: '' });
    expect(firstErrorRow(rows)).toBe(2);
  });

  it('lead to the first error', () => {
    expect(firstErrorRow(shown())).toBe(7);
    expect(firstErrorRow([])).toBe(-1);
  });
});
