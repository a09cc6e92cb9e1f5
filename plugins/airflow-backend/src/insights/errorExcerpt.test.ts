import { Readable } from 'node:stream';
import { readEventLog } from '../airflow/logs/eventLog';
import { readPlainLog } from '../airflow/logs/plainLog';
import { ErrorExcerpt } from './errorExcerpt';

const stamp = '[2026-11-24T03:00:00.000+0000] {task.py:1}';

/** What is shown of a log of Airflow 2. */
async function excerptOf(lines: readonly string[]) {
  const excerpt = new ErrorExcerpt();
  const log = Buffer.from(['worker-0', ...lines].join('\n'));
  for await (const entry of readPlainLog(Readable.from([log]))) {
    excerpt.add(entry);
  }
  return excerpt.result();
}

const info = (text: string) => `${stamp} INFO - ${text}`;
const error = (text: string) => `${stamp} ERROR - ${text}`;
const work = (count: number) =>
  Array.from({ length: count }, (_, i) => info(`row ${i}`));

const traceback = (exception: string) => [
  error('Task failed with exception'),
  'Traceback (most recent call last):',
  '  File "/dags/load.py", line 7, in load',
  '    raise ValueError("no rows")',
  exception,
];

describe('the error in a log', () => {
  it('names an exception of the DAG file itself as its author does', async () => {
    const module = `unusual_prefix_${'0f'.repeat(20)}_orders`;
    const told = `${module}.WarehouseError: not written`;
    const { exception, excerpt } = await excerptOf(traceback(told));
    expect(exception).toBe('orders.WarehouseError: not written');
    expect(excerpt).toContain(told);
  });

  it('is the last traceback, with what comes right before and after it', async () => {
    const { exception, excerpt, line } = await excerptOf([
      ...work(100),
      ...traceback('ValueError: no rows'),
      info('Marking task as FAILED'),
      ...work(100),
    ]);
    expect(exception).toBe('ValueError: no rows');
    // The first entry names the host.
    expect(line).toBe(1 + 100 + 5);
    expect(excerpt).toHaveLength(40);
    expect(excerpt.slice(-8)).toEqual([
      'Task failed with exception',
      'Traceback (most recent call last):',
      '  File "/dags/load.py", line 7, in load',
      '    raise ValueError("no rows")',
      'ValueError: no rows',
      'Marking task as FAILED',
      'row 0',
      'row 1',
    ]);
  });

  it('is what was raised last, with its root, where one exception led to another', async () => {
    const { exception, excerpt } = await excerptOf([
      ...traceback('psycopg2.OperationalError: refused'),
      '',
      'The above exception was the direct cause of the following exception:',
      '',
      ...traceback('RuntimeError: could not read').slice(1),
    ]);
    expect(exception).toBe(
      'RuntimeError: could not read (caused by psycopg2.OperationalError: refused)',
    );
    expect(excerpt).toContain('psycopg2.OperationalError: refused');
  });

  it('is a traceback rather than what is logged as an error later', async () => {
    const { exception, excerpt } = await excerptOf([
      ...traceback('KeyError'),
      ...work(60),
      error('Failed to execute job 5'),
    ]);
    expect(exception).toBe('KeyError');
    expect(excerpt).toContain('KeyError');
    expect(excerpt).not.toContain('Failed to execute job 5');
  });

  it('is the last line of level error where nothing was raised', async () => {
    const { exception, excerpt } = await excerptOf([
      ...work(50),
      error('Job was killed'),
      ...work(50),
    ]);
    expect(exception).toBeNull();
    expect(excerpt[36]).toBe('Job was killed');
    expect(excerpt).toHaveLength(40);
  });

  it('is the end of a log in which nothing looks like one', async () => {
    const { exception, excerpt, line } = await excerptOf(work(50));
    expect([exception, line]).toEqual([null, null]);
    expect(excerpt.at(-1)).toBe('row 49');
    expect(excerpt).toHaveLength(40);
  });

  it('tells why there is no log', async () => {
    const { excerpt } = await excerptOf(['*** Could not read served logs']);
    expect(excerpt).toEqual(['Could not read served logs']);
  });

  it('cuts long lines, and keeps what may be secret to itself', async () => {
    const { exception, excerpt } = await excerptOf(
      traceback(
        `OperationalError: postgresql://etl:hunter2@db:5432 ${'x'.repeat(900)}`,
      ),
    );
    expect(exception).toContain('postgresql://etl:***@db:5432');
    expect(exception?.length).toBeLessThan(510);
    expect(excerpt.join()).not.toContain('hunter2');
  });

  it('is found in the structured log of Airflow 3 too', async () => {
    const detail = [
      {
        exc_type: 'ValueError',
        exc_value: 'no rows',
        frames: [{ filename: '/dags/load.py', lineno: 7, name: 'load' }],
      },
    ];
    const events = [
      { event: 'Starting', level: 'info' },
      { event: 'Task failed', level: 'error', error_detail: detail },
      { event: 'Task finished', level: 'info' },
    ];
    const log = Buffer.from(events.map(e => JSON.stringify(e)).join('\n'));
    const excerpt = new ErrorExcerpt();
    for await (const entry of readEventLog(Readable.from([log]))) {
      excerpt.add(entry);
    }
    expect(excerpt.result()).toEqual({
      exception: 'ValueError: no rows',
      line: 5,
      excerpt: [
        'Starting',
        'Task failed',
        'Traceback (most recent call last):',
        '  File "/dags/load.py", line 7, in load',
        'ValueError: no rows',
        'Task finished',
      ],
    });
  });
});
