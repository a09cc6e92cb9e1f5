import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import type { LogEntry } from '@airflow-fleet/backstage-plugin-airflow-common';
import { ErrorExcerpt } from '../../insights/errorExcerpt';
import { plainText } from './escapes';
import { readEventLog } from './eventLog';
import { readPlainLog } from './plainLog';

async function read(log: string, isV2: boolean): Promise<LogEntry[]> {
  const stream = Readable.from([Buffer.from(log)]);
  const entries: LogEntry[] = [];
  const reader = isV2 ? readEventLog(stream) : readPlainLog(stream);
  for await (const entry of reader) entries.push(entry);
  return entries;
}

/** What the table below says of a log. */
async function said(log: string, isV2: boolean) {
  const entries = await read(log, isV2);
  const excerpt = new ErrorExcerpt();
  for (const entry of entries) excerpt.add(entry);
  const lines = entries.flatMap(entry =>
    entry.kind === 'line' ? [entry] : [],
  );
  const of = (text: string) => lines.find(line => line.text.includes(text));
  const failed = of('Task failed with exception');
  return {
    levels: [
      'Loading orders',
      'slow, see',
      'handled, going on',
      "KeyError: 'cache'",
      'Task failed with exception',
      'ValueError: no rows',
      'Marking task as FAILED',
    ].map(text => of(text)?.level),
    at: failed?.time ?? failed?.wallClock ?? null,
    firstError: plainText(
      lines.find(({ level }) => level === 'error')?.text ?? '',
    ),
    exception: excerpt.result().exception,
  };
}

const asLogged = {
  levels: ['info', 'warning', 'warning', 'warning', 'error', 'error', 'info'],
  firstError: expect.stringMatching(/^Task failed with exception/),
  exception: 'ValueError: no rows',
};

const moment = '2024-07-01T14:06:06.787Z';
const second = '2024-07-01T14:06:06.000Z';
const now = expect.stringMatching(/^2026-11-28T20:2\d:\d\d\.\d{3}Z$/);

/** Files in `samples/formats`, written by the classes of Airflow itself; the older formats by settings of then. */
const written: [file: string, at: unknown][] = [
  ['2.11-default-utc.txt', moment],
  ['2.11-default-berlin.txt', moment],
  ['2.11-simple.txt', moment],
  ['2.11-python.txt', '2024-07-01 14:06:06,787'],
  ['2.11-process.txt', moment],
  ['2.11-thread.txt', moment],
  ['2.11-source.txt', moment],
  ['2.11-colons.txt', moment],
  ['2.11-pipes.txt', moment],
  ['2.11-level-first.txt', null],
  ['2.11-basic.txt', null],
  ['2.11-brackets.txt', moment],
  ['2.11-us-dates.txt', '07/01/2024 02:06:06 PM'],
  ['2.11-coloured.txt', moment],
  ['2.11-json.txt', '2024-07-01 14:06:06,787'],
  ['2.8-cest.txt', second],
  ['2.8-kst.txt', second],
  ['2.8-minus-03.txt', second],
  ['2.8-plus-0545.txt', second],
  ['2.8-ist.txt', '2024-07-01, 19:36:06 IST'],
  ['2.0-no-zone.txt', '2024-07-01 14:06:06,787'],
  ['3.3-json.ndjson', now],
  ['3.3-console.txt', now],
  ['3.3-colours.txt', now],
  ['3.3-log-format.txt', now],
  ['3.3-of-airflow-2.11.ndjson', moment],
  ['3.3-of-airflow-2.8.ndjson', second],
];

const statements = [
  ['INFO', 'Loading orders'],
  ['WARNING', 'slow, see /var/log/error/x and INFO_SCHEMA, no errors found'],
  ['WARNING', 'handled, going on', "KeyError: 'cache'"],
  ['ERROR', 'Task failed with exception', 'ValueError: no rows'],
  ['INFO', 'Marking task as FAILED'],
] as const;

const traceback = (raised: string) => [
  'Traceback (most recent call last):',
  '  File "/opt/airflow/dags/orders.py", line 5, in run',
  raised,
];

type Dress = (level: string, text: string) => string;

/** The same statements as a handler or a vendor gives them, by what their sources and documents say. */
const dressed = (dress: Dress, ...before: string[]) =>
  [
    ...before,
    ...statements.flatMap(([level, text, raised]) => [
      dress(level, text),
      ...(raised ? traceback(raised) : []),
    ]),
  ].join('\n');

const aware: Dress = (level, text) =>
  `[2024-07-01T14:06:06.787+0000] {orders.py:8} ${level} - ${text}`;
const json = (member: (level: string, text: string) => object) =>
  statements
    .map(([level, text, raised]) =>
      JSON.stringify(
        member(level, [text, ...(raised ? traceback(raised) : [])].join('\n')),
      ),
    )
    .join('\n');

const documented: [name: string, log: string, at: string | null][] = [
  [
    'a file on the worker',
    dressed(
      aware,
      'worker-1',
      '*** Found local files:',
      '***   * /opt/airflow/logs/a.log',
    ),
    moment,
  ],
  [
    'S3',
    dressed(
      aware,
      'worker-1',
      '*** Found logs in s3:',
      '***   * s3://logs/dag_id=orders/attempt=1.log',
    ),
    moment,
  ],
  [
    'S3 before 2.6',
    dressed(
      aware,
      'worker-1',
      '*** Reading remote log from s3://logs/orders/1.log.',
    ),
    moment,
  ],
  [
    'GCS',
    dressed(
      aware,
      'worker-1',
      '*** Found remote logs:',
      '***   * gs://logs/orders/attempt=1.log',
    ),
    moment,
  ],
  [
    'GCS in Composer',
    dressed(
      (level, text) =>
        `${aware(
          level,
          text,
        )}@-@{"workflow": "orders", "task-id": "load", "try-number": "1"}`,
      'airflow-worker-x1',
    ).replace(
      /^(\w+Error: .*)$/gm,
      '$1@-@{"workflow": "orders", "task-id": "load"}',
    ),
    moment,
  ],
  [
    'CloudWatch',
    dressed(
      (level, text) => `[2024-07-01 14:06:07,001] ${aware(level, text)}`,
      'worker-1',
      '*** Reading remote log from Cloudwatch log_group: airflow log_stream: orders/load/1.log',
    ),
    moment,
  ],
  [
    'CloudWatch of MWAA',
    dressed(
      (level, text) =>
        `[2024-07-01, 14:06:06 UTC] {{orders.py:8}} ${level} - ${text}`,
      'ip-10-1-2-3.ec2.internal',
      '*** Reading remote log from Cloudwatch log_group: airflow-Task log_stream: orders/load/1.log.',
    ),
    second,
  ],
  [
    'CloudWatch of MWAA 2.2, coloured',
    dressed(
      (level, text) =>
        `[2024-07-01 14:06:06,787] [\x1b[34m2024-07-01 14:06:06,787\x1b[0m] {{\x1b[34morders.py:\x1b[0m8}} ${level}\x1b[0m - ${text}\x1b[0m`,
      'ip-10-1-2-3.ec2.internal',
    ),
    '2024-07-01 14:06:06,787',
  ],
  [
    'Elasticsearch and OpenSearch, text',
    dressed(
      (level, text) =>
        `[2024-07-01, 14:06:06 UTC] {orders.py:8} ${level} - ${text}`,
      'default_host',
    ),
    second,
  ],
  [
    'Elasticsearch and OpenSearch, JSON that was not put into words',
    json((levelname, message) => ({
      ...{ asctime: '2024-07-01T14:06:06.787+0000', filename: 'orders.py' },
      ...{ lineno: 8, levelname, message, offset: 1719842766787, log_id: 'a' },
    })),
    moment,
  ],
  [
    'a pod of the Kubernetes executor',
    dressed(
      aware,
      'orders-load-x1',
      '*** Trying to get logs (last 100 lines) from worker pod orders-load-x1 ***',
      '',
    ),
    moment,
  ],
  [
    'a pod, each line stamped by Kubernetes',
    dressed(aware, 'orders-load-x1')
      .split('\n')
      .map((line, i) => (i === 0 ? line : `[2024-07-01T14:06:06.900Z] ${line}`))
      .join('\n'),
    moment,
  ],
  [
    'Astro',
    dressed(
      (level, text) =>
        `[2024-07-01, 14:06:06 UTC] {orders.py:8} ${level} - ${text}`,
      'astro-worker-0',
      '*** Reading remote log from wasb://logs/orders/1.log',
    ),
    second,
  ],
  [
    'a worker of Celery',
    dressed(
      (level, text) =>
        `[2024-07-01 14:06:06,787: ${level}/ForkPoolWorker-1] ${text}`,
    ),
    '2024-07-01 14:06:06,787',
  ],
  [
    'Google Cloud Logging',
    json((severity, message) => ({
      severity,
      message,
      timestamp: '2024-07-01T14:06:06.787Z',
    })),
    moment,
  ],
];

describe('formats of logs', () => {
  it.each(written)('written by Airflow: %s', async (file, at) => {
    const log = readFileSync(resolve(__dirname, 'samples/formats', file));
    expect(await said(log.toString(), file.endsWith('.ndjson'))).toEqual({
      ...asLogged,
      at,
    });
  });

  it.each(documented)('as documented: %s', async (_, log, at) => {
    expect(await said(log, false)).toEqual({ ...asLogged, at });
  });

  it('as Python writes a list of hosts, with each that the task ran on', async () => {
    const log = dressed(aware, '*** Found local files:').replace(/'/g, "\\'");
    const told = `[('worker-1', '${log
      .split('\n')
      .join('\\n')}'), ("worker-2", "*** Found local files:\\n${aware(
      'INFO',
      'again \\"here\\"',
    )}")]`;
    expect(await said(told, false)).toEqual({ ...asLogged, at: moment });
    const entries = await read(told, false);
    expect(
      entries.flatMap(entry => (entry.kind === 'notice' ? [entry.text] : [])),
    ).toEqual([
      'Ran on worker-1',
      'Found local files:',
      'Ran on worker-2',
      'Found local files:',
    ]);
    expect(entries.at(-1)).toMatchObject({ text: 'again "here"' });
  });

  it('names each host that a task ran on, and no other word', async () => {
    const entries = await read(
      `${dressed(
        aware,
        'worker-1',
        '*** Found logs in s3:',
      )}\nDone\nworker-2\n*** Found logs in s3:\n${aware('INFO', 'again')}`,
      false,
    );
    const named = entries.filter(
      entry => 'text' in entry && /worker|Done/.test(entry.text),
    );
    expect(named).toMatchObject([
      { kind: 'notice', text: 'Ran on worker-1' },
      { kind: 'line', text: 'Done' },
      { kind: 'notice', text: 'Ran on worker-2' },
    ]);
  });

  it.each([
    ['/var/log/error/x is full'],
    ['INFO_SCHEMA was read'],
    ['no errors found'],
    ['INFO about orders'],
    ['Error: row 2 has no id'],
    ['ERRORS: 0'],
    ['error_rate=0.1'],
    ['2024-07-01T14:06:06Z,ERROR_CODE,1'],
    ['{"rows": 1}'],
    ["('a', 'b')"],
    ['<info>text</info>'],
  ])('take no level from: %s', async text => {
    const entries = await read(
      `worker-1\n${aware('INFO', 'x')}\n${text}`,
      false,
    );
    expect(entries.at(-1)).toMatchObject({ text, level: 'info', time: null });
    const [, only] = await read(`worker-1\n${text}`, false);
    expect(only).toMatchObject({ text, level: null });
  });
});
