import { Readable } from 'node:stream';
import type { LogEntry } from '@airflow-fleet/backstage-plugin-airflow-common';
import { logEntrySchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import fc from 'fast-check';
import { ErrorExcerpt } from '../../insights/errorExcerpt';
import { colouredText, plainText } from './escapes';
import { readEventLog } from './eventLog';
import { readPlainLog } from './plainLog';

type Reader = typeof readPlainLog;

/** What is read of a log that comes in pieces of some length. */
async function read(reader: Reader, log: string, length = 65_536) {
  const bytes = Buffer.from(log);
  const pieces = Array.from(
    { length: Math.ceil(bytes.length / length) },
    (_, i) => bytes.subarray(i * length, (i + 1) * length),
  );
  const entries: LogEntry[] = [];
  for await (const entry of reader(Readable.from(pieces))) entries.push(entry);
  return entries;
}

const events = (...told: unknown[]) =>
  read(readEventLog, told.map(event => JSON.stringify(event)).join('\n'));

const line = (text: string, more: object = {}) => ({
  ...{ kind: 'line', text, level: null, time: null, source: null },
  ...more,
});

const at = '2026-11-28T13:00:01.000Z';

describe('odd events of Airflow 3 (T11)', () => {
  it.each<[string, object, object]>([
    ['an object', { event: { status: 500 } }, line('{"status":500}')],
    ['a list', { event: [1, 'two'] }, line('[1,"two"]')],
    ['nothing', { event: null }, line('')],
    ['a number', { event: 12 }, line('12')],
    ['a text of its own', { event: true, rows: 3 }, line('true rows=3')],
    [
      'a line that is a text',
      { event: 'x', filename: 'a.py', lineno: '12' },
      line('x', { source: 'a.py:12' }),
    ],
    [
      'no line',
      { event: 'x', filename: 'a.py', lineno: null, logger: 'orders' },
      line('x', { source: 'orders' }),
    ],
    [
      'seconds',
      { event: 'x', timestamp: 1795870801, logger: 'a' },
      line('x', { time: at, source: 'a' }),
    ],
    [
      'thousandths',
      { event: 'x', timestamp: 1795870801000.5, logger: 'a' },
      line('x', { time: at, source: 'a' }),
    ],
    [
      'a number as text',
      { event: 'x', timestamp: '1795870801.0', logger: 'a' },
      line('x', { time: at, source: 'a' }),
    ],
    [
      'no time',
      { event: 'x', timestamp: {}, logger: 'a' },
      line('x', { source: 'a' }),
    ],
    [
      'a time that is none',
      { event: 'x', timestamp: 'soon', logger: 'a' },
      line('x', { wallClock: 'soon', source: 'a' }),
    ],
    [
      'no level',
      { event: 'x', level: null, timestamp: at },
      line('x', { time: at }),
    ],
    [
      'a level by its number',
      { event: 'x', level: 40 },
      line('x', { level: 'error' }),
    ],
    ['a level that nobody has', { event: 'x', level: 'odd' }, line('x')],
  ])('with %s', async (_, event, expected) => {
    expect(await events(event)).toEqual([expected]);
  });

  it('print what was raised as far as it goes', async () => {
    const error_detail = [
      {
        exc_type: 'RuntimeError',
        exc_value: { code: 5 },
        frames: [
          { filename: 'a.py', lineno: null, name: 'f' },
          'odd',
          { lineno: '7', name: 'g', line: ' g() ' },
        ],
      },
      7,
      { exc_value: 'no rows', frames: 'odd', is_cause: true, exceptions: 5 },
    ];
    const level = 'critical';
    const read_ = await events({ event: 'failed', level, error_detail });
    expect(read_).toEqual(
      [
        'failed',
        'Exception: no rows',
        '',
        'The above exception was the direct cause of the following exception:',
        '',
        'Traceback (most recent call last):',
        '  File "a.py", in f',
        '  File "?", line 7, in g',
        '    g()',
        'RuntimeError: {"code":5}',
      ].map(text => line(text, { level })),
    );
    expect(await events({ event: 'x', level, error_detail: 'a\nb' })).toEqual(
      ['x', 'a', 'b'].map(text => line(text, { level })),
    );
  });

  it('show the end of a progress bar and the text of a link (T12, T13)', async () => {
    const texts = [
      '\r  0%|     |\r 50%|##   |\r100%|#####|',
      'see \x1b]8;;https://example.org\x1b\\the run\x1b]8;;\x1b\\ there',
      'see \x1b]8;;https://example.org\x07the run\x1b]8;;\x07 there',
      '\x1b[2K\x1b[1Adone\x1b[K\r',
      '\x1b[31mred\x1b[0m \x1b(B\x1b[?25lstill\x1b[38:2:1:2:3m',
      'spin |\b/\b-',
      'cut \x1b]8;;here',
    ];
    const read_ = await events(
      ...texts.map(event => ({ event, level: 'info' })),
    );
    expect(read_.map(entry => 'text' in entry && entry.text)).toEqual([
      '100%|#####|',
      'see the run there',
      'see the run there',
      'done',
      '\x1b[31mred\x1b[0m still',
      'spin -',
      'cut here',
    ]);
  });
});

describe('lines stamped in other zones than UTC', () => {
  it.each<[string, string | null]>([
    ['2024-07-01, 16:06:05 CEST', '2024-07-01T14:06:05.000Z'],
    ['2024-07-01, 16:06:05 -03', '2024-07-01T19:06:05.000Z'],
    ['2024-12-01, 16:06:05 CET', '2024-12-01T15:06:05.000Z'],
    ['2024-07-01, 16:06:05 EDT', '2024-07-01T20:06:05.000Z'],
    ['2024-07-01, 16:06:05 KST', '2024-07-01T07:06:05.000Z'],
    ['2024-07-01, 16:06:05 +0545', '2024-07-01T10:21:05.000Z'],
    // Of India, Ireland or Israel.
    ['2024-07-01, 16:06:05 IST', null],
  ])('have their level and time (T08): %s', async (stamp, time) => {
    const log = `worker-1\n[${stamp}] {orders.py:12} WARNING - slow\n[${stamp}] {orders.py:13} ERROR - no rows`;
    const [, slow, none] = await read(readPlainLog, log);
    expect(slow).toMatchObject({ text: 'slow', level: 'warning', time });
    expect(none).toMatchObject({ text: 'no rows', level: 'error', time });
  });
});

describe('the colours of a line', () => {
  const stamp = '[2026-11-28T13:00:01.000+0000] {a.py:3} WARNING - ';
  const as = { level: 'warning', time: at, source: 'a.py:3' };

  it.each([
    ['of its text stay', `${stamp}\x1b[33mslow\x1b[0m`, '\x1b[33mslow\x1b[0m'],
    [
      'of what stands before it do not',
      `\x1b[34m${stamp.replace(
        'WARNING',
        '\x1b[33mWARNING\x1b[0m',
      )}slow\x1b[0m`,
      'slow\x1b[0m',
    ],
  ])('%s', async (_, log, text) => {
    const entries = await read(readPlainLog, `worker-1\n${log}`);
    expect(entries.at(-1)).toEqual(line(text, as));
  });
});

describe('lines that are too long to hold (T07)', () => {
  const long = 'x'.repeat(400_000);
  const around = { timestamp: at, level: 'error', filename: 'a.py', lineno: 3 };

  it.each<[string, object, string]>([
    ['text', { event: `LONG ${long} END`, ...around }, 'LONG xxx'],
    [
      'text full of escapes',
      { event: `LONG ${'é"\\\n'.repeat(100_000)}`, ...around },
      'LONG é"\\',
    ],
    [
      'list beside the text',
      {
        event: 'LONG',
        rows: Array.from({ length: 90_000 }, (_, i) => i),
        ...around,
      },
      'LONG rows=[0,1,',
    ],
    [
      'object as text',
      {
        event: { rows: Array.from({ length: 90_000 }, (_, id) => ({ id })) },
        ...around,
      },
      '{"rows":[{"id":0},',
    ],
    [
      'value beside the text',
      { event: 'LONG', sql: `select ${long}`, ...around },
      'LONG sql=select xxx',
    ],
  ])('stay events: a %s', async (_, event, beginning) => {
    for (const length of [65_536, 4_099]) {
      const log = `${JSON.stringify(event)}\n${JSON.stringify({
        event: 'next',
        level: 'info',
      })}`;
      const entries = await read(readEventLog, log, length);
      expect(entries[0]).toMatchObject({
        level: 'error',
        time: at,
        source: 'a.py:3',
      });
      const [first] = entries.map(entry => ('text' in entry ? entry.text : ''));
      expect(first.slice(0, beginning.length)).toBe(beginning.split('\n')[0]);
      expect(first.length).toBeLessThan(300_000);
      expect(entries.at(-1)).toEqual(line('next', { level: 'info' }));
    }
  });

  it('keep what was raised, with a cut value', async () => {
    const [, exception] = await events({
      ...{ event: 'failed', ...around },
      error_detail: [{ exc_type: 'SqlError', exc_value: long, frames: [] }],
    });
    expect(exception).toMatchObject({
      text: expect.stringMatching(
        /^SqlError: x{16000} … \(384000 more characters\)$/,
      ),
      level: 'error',
    });
  });

  it('are progress bars of which the end is shown', async () => {
    const bar = Array.from({ length: 60_000 }, (_, i) => `\r${i} of 60000`);
    const log = `worker-1\n[2026-11-28T13:00:01.000+0000] {a.py:3} ERROR - ${bar.join(
      '',
    )}\nnext`;
    const entries = await read(readPlainLog, log);
    expect(entries.slice(1)).toEqual([
      line('59999 of 60000', { level: 'error', time: at, source: 'a.py:3' }),
      line('next', { level: 'error' }),
    ]);
  });
});

describe('any log', () => {
  const fragment = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      ...[
        '\n',
        '\r',
        '\b',
        '\x1b[',
        '\x1b]8;;',
        '\x1b[31m',
        '\x1b',
        '\x9b',
        '\0',
      ],
      ...[
        '[2024-07-01, 16:06:05 CEST]',
        ' {a.py:1} ',
        ' ERROR - ',
        'a.'.repeat(99),
      ],
      ...[
        '2024-99-99T99:99:99',
        '{"event":',
        '"level":"error"',
        '{',
        '}',
        '"',
        '[(',
        "('a', 'b\\n",
      ],
      ...[
        'Traceback (most recent call last):\n',
        '  File "a"\n',
        'KeyError: 1\n',
      ],
      ...[
        'Task failed with exception\n',
        'Task exited with return code -9\n',
        '*** ',
      ],
    ),
    fc
      .json()
      .map(
        value =>
          `{"event":${value},"timestamp":${value},"error_detail":${value}}\n`,
      ),
  );

  it('is read as entries with valid times, and told without escapes', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fragment, { maxLength: 30 }),
        fc.constantFrom(readPlainLog, readEventLog),
        fc.integer({ min: 1, max: 50 }),
        async (fragments, reader, length) => {
          const excerpt = new ErrorExcerpt();
          for (const entry of await read(reader, fragments.join(''), length)) {
            expect(() => logEntrySchema.parse(entry)).not.toThrow();
            excerpt.add(entry);
          }
          const { exception, excerpt: lines } = excerpt.result();
          expect(lines.length).toBeLessThanOrEqual(40);
          for (const told of [...lines, exception ?? '']) {
            // eslint-disable-next-line no-control-regex
            expect(told).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
            expect(told.length).toBeLessThanOrEqual(502);
          }
        },
      ),
      { numRuns: 300 },
    ));

  it('keeps its colours and nothing else that steers a terminal', () =>
    fc.assert(
      fc.property(fc.array(fragment), fragments => {
        const text = fragments.join('').replaceAll('\n', '');
        // eslint-disable-next-line no-control-regex
        const bare = colouredText(text).replace(/\x1b\[[\d;]*m/g, '');
        // eslint-disable-next-line no-control-regex
        expect(bare).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
        // eslint-disable-next-line no-control-regex
        expect(plainText(text)).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
      }),
    ));
});
