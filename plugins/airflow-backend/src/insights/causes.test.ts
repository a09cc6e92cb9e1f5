import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { readEventLog } from '../airflow/logs/eventLog';
import { readPlainLog } from '../airflow/logs/plainLog';
import { ErrorExcerpt } from './errorExcerpt';

async function causeIn(name: string, stream: AsyncIterable<Uint8Array>) {
  const excerpt = new ErrorExcerpt();
  const texts: (string | null)[] = [];
  const entries = name.endsWith('.ndjson')
    ? readEventLog(stream)
    : readPlainLog(stream);
  for await (const entry of entries) {
    excerpt.add(entry);
    texts.push('text' in entry ? entry.text : null);
  }
  const result = excerpt.result();
  return { ...result, at: result.line && texts[result.line - 1] };
}

const sample = (name: string) =>
  causeIn(
    name,
    createReadStream(resolve(__dirname, '../airflow/logs/samples', name)),
  );

const v1 = (lines: readonly string[]) =>
  causeIn('log.txt', Readable.from([Buffer.from(lines.join('\n'))]));

const v2 = (events: readonly object[]) =>
  causeIn(
    'log.ndjson',
    Readable.from([Buffer.from(events.map(e => JSON.stringify(e)).join('\n'))]),
  );

const oom = 'Killed by SIGKILL, probably out of memory';
const timeout = expect.stringMatching(/AirflowTaskTimeout: Timeout, PID: \d+$/);

describe('why a task failed, out of logs that Airflow 2.11.2 and 3.3.2 wrote', () => {
  it.each([
    [
      'callback-fails-too',
      "KeyError: 'customer_id'",
      "KeyError: 'customer_id'",
    ],
    ['mail-fails-too', 'ValueError: no rows', 'ValueError: no rows'],
    [
      'killed',
      oom,
      expect.stringMatching(/exited with return code -9|terminated by signal/),
    ],
    [
      'killed-after-handled-error',
      oom,
      expect.stringMatching(/exited with return code -9|terminated by signal/),
    ],
    [
      'coloured',
      'RuntimeError: Database Error in model orders',
      expect.stringMatching(/^RuntimeError: .*Database Error in model orders/),
    ],
    [
      'chained',
      "RuntimeError: no connection (caused by KeyError: 'dsn')",
      'RuntimeError: no connection',
    ],
    [
      'group',
      'ExceptionGroup: two loads failed (2 sub-exceptions)',
      expect.stringMatching(
        /ExceptionGroup: two loads failed \(2 sub-exceptions\)$/,
      ),
    ],
    [
      'exits',
      expect.stringMatching(
        /^(Task failed due to SystemExit\(3\)|Task exited exit_code=3)$/,
      ),
      expect.stringMatching(/^Task (failed due to|exited)/),
    ],
    [
      'exits-hard',
      'Exited with return code 7',
      expect.stringMatching(/exited/),
    ],
    ['times-out', timeout, timeout],
    [
      'bash-fails',
      'psql: error: connection to server at "db-1" failed',
      'psql: error: connection to server at "db-1" failed',
    ],
    [
      'bash-python-fails',
      'ValueError: no rows in orders',
      'ValueError: no rows in orders',
    ],
    ['handled-then-other', 'ValueError: no rows', 'ValueError: no rows'],
    [
      'several-lines',
      'ValueError: rows are wrong:',
      'ValueError: rows are wrong:',
    ],
  ])('%s', async (name, exception, at) => {
    for (const log of [`2.11.2-${name}.txt`, `3.3.2-${name}.ndjson`]) {
      const cause = await sample(log);
      expect(cause.exception).toEqual(exception);
      expect(cause.at).toEqual(at);
      expect(cause.excerpt.join('')).not.toContain('\x1b');
      expect(cause.excerpt.length).toBeLessThanOrEqual(40);
    }
  });

  it('names what stopped a task on Airflow 2', async () => {
    const { exception } = await sample('2.11.2-terminated.txt');
    expect(exception).toBe(
      'airflow.exceptions.AirflowTaskTerminated: Task received SIGTERM signal',
    );
  });
});

const stamp = '[2026-11-24T03:00:00.000+0000] {some.py:1}';
const info = (text: string) => `${stamp} INFO - ${text}`;
const warning = (text: string) => `${stamp} WARNING - ${text}`;
const error = (text: string) => `${stamp} ERROR - ${text}`;
const raised = (exception: string, before = '') =>
  [
    'Traceback (most recent call last):',
    '  File "a.py", line 1, in f',
    exception,
  ].map(line => `${before}${line}`);
const failed = (exception: string) => [
  error('Task failed with exception'),
  ...raised(exception),
];

describe('why a task failed', () => {
  it.each<[string, string | null, string[]]>([
    [
      'of Airflow 2 is not the traceback of a warning',
      null,
      [warning('going on'), ...raised("KeyError: 'cache'"), info('done')],
    ],
    [
      'is the task’s own error before that of a callback of Airflow 2.0',
      'ValueError: no rows',
      [
        error('no rows'),
        ...raised('ValueError: no rows'),
        error('Failed when executing execute callback'),
        ...raised('OSError: unreachable'),
      ],
    ],
    [
      'is no callback, though nothing else was raised',
      null,
      [
        info('working'),
        error('Error in callback at index 0: tell'),
        ...raised('OSError: unreachable'),
      ],
    ],
    [
      'is a death by the name of its signal, as some releases write it',
      oom,
      [info('Task exited with return code Negsignal.SIGKILL')],
    ],
    [
      'is a death that only the job knew of',
      oom,
      [
        error('could not read'),
        ...raised("KeyError: 'cache'"),
        error(
          'Job 7 was killed before it finished (likely due to running out of memory)',
        ),
        info('Task exited with return code -9'),
      ],
    ],
    [
      'is a death by the code of a shell',
      oom,
      [info('Task exited with return code 137')],
    ],
    [
      'is a segmentation fault',
      'Killed by SIGSEGV, a segmentation fault',
      [info('Task exited with return code -11')],
    ],
    [
      'is a lost worker',
      'Lost: its worker gave no sign of life any more',
      [
        info('working'),
        error("Detected zombie job: {'full_filepath': '/dags/a.py'}"),
      ],
    ],
    [
      'is a worker that could not tell the scheduler that it lives',
      'Lost: its worker gave no sign of life any more',
      [
        error('Heartbeat time limit exceeded!'),
        ...raised(
          'airflow.exceptions.AirflowException: Time since last heartbeat(301.20s) exceeded limit (300s).',
        ),
      ],
    ],
    [
      'is who stopped it, rather than the signal that did',
      'Stopped: its state was set from outside while it ran',
      [
        warning(
          'State of this instance has been externally set to failed. Terminating instance.',
        ),
        error('Received SIGTERM. Terminating subprocesses.'),
        ...failed(
          'airflow.exceptions.AirflowException: Task received SIGTERM signal',
        ),
      ],
    ],
    [
      'is what a pod raised',
      'shop.LoadError: 3 rows without id',
      [
        info('[base] loading'),
        ...raised('shop.LoadError: 3 rows without id', info('[base] ')),
        info('Pod load-x1 has phase Failed'),
        ...failed(
          'airflow.exceptions.AirflowException: Pod load-x1 returned a failure.',
        ),
        "remote_pod: {'status': {'container_statuses': [{'state': {'terminated': {'exit_code': 1,",
      ],
    ],
    [
      'is what a pod of an earlier provider raised',
      'ValueError: no rows',
      [
        ...raised('ValueError: no rows', info('')),
        ...failed(
          'airflow.exceptions.AirflowException: Pod load-x1 returned a failure.',
        ),
      ],
    ],
    [
      'is what a pod said last, where it raised nothing',
      'dbt: Database Error in model orders',
      [
        info('[base] dbt: Database Error in model orders'),
        info('[base] Done. PASS=3 ERROR=1'),
        ...failed(
          'airflow.exceptions.AirflowException: Pod dbt-1 returned a failure.',
        ),
      ],
    ],
    [
      'is the memory of a pod',
      'Its pod was killed, out of memory',
      [
        info('[base] loading'),
        ...failed(
          'airflow.exceptions.AirflowException: Pod load-x1 returned a failure.',
        ),
        "remote_pod: {'status': {'phase': 'Failed',",
        " 'state': {'terminated': {'exit_code': 137,",
        "   'reason': 'OOMKilled',",
      ],
    ],
    [
      'is the death of a command',
      'Its command was killed by SIGKILL, probably out of memory',
      [
        info('loading'),
        info('Command exited with return code 137'),
        ...failed(
          'airflow.exceptions.AirflowException: Bash command failed. The command returned a non-zero exit code 137.',
        ),
      ],
    ],
    [
      'is the verdict where a command said nothing of trouble',
      'airflow.exceptions.AirflowException: Bash command failed. The command returned a non-zero exit code 2.',
      [
        info('0 errors'),
        info('Command exited with return code 2'),
        ...failed(
          'airflow.exceptions.AirflowException: Bash command failed. The command returned a non-zero exit code 2.',
        ),
      ],
    ],
    [
      'is why its DAG could not be loaded',
      "ModuleNotFoundError: No module named 'shop'",
      [
        error('Failed to import: /dags/orders.py'),
        ...raised("ModuleNotFoundError: No module named 'shop'"),
        error(
          "Failed to execute job 5 for task load (Dag 'orders' could not be found; 9)",
        ),
        ...raised(
          "airflow.exceptions.AirflowException: Dag 'orders' could not be found; either it does not exist or it failed to parse.",
        ),
      ],
    ],
    [
      'is what was raised while another was handled, alone',
      'RuntimeError: no connection',
      [
        ...failed("KeyError: 'dsn'"),
        '',
        'During handling of the above exception, another exception occurred:',
        '',
        ...raised('RuntimeError: no connection'),
      ],
    ],
    [
      'is a class within a function, in any script',
      'load.<locals>.Zählfehler: drei Zeilen',
      failed('load.<locals>.Zählfehler: drei Zeilen'),
    ],
  ])('%s', async (_, exception, lines) => {
    expect((await v1(['worker-1', ...lines])).exception).toBe(exception);
  });

  it.each([
    ['of the mail about it (T03)', 'Failed to send email to: ops@example.org'],
    ['of a callback', 'Error in callback at index 0: tell'],
    ['of a callback of Airflow 3', 'Failed to run task callback kind=failure'],
    ['of a listener', 'error calling listener'],
    ['of a notifier', 'Failed to send email notification via SmtpNotifier'],
    [
      'of the fields of a template',
      'Failed to set rendered fields during finalization',
    ],
    [
      'of the template of a mail',
      'Error while using email template /opt/mail.html. Using defaults...',
    ],
  ])('is the error of the task before that %s', async (_, aftermath) => {
    const { exception } = await v1([
      'worker-1',
      ...failed('ValueError: no rows'),
      error(aftermath),
      ...raised('OSError: [Errno 99] Cannot assign requested address'),
      info('Task exited with return code 1'),
    ]);
    expect(exception).toBe('ValueError: no rows');
  });

  it('is not the traceback of a warning on Airflow 3, which is a warning itself (T05)', async () => {
    const cause = await v2([
      {
        timestamp: '2026-11-28T13:00:06Z',
        level: 'warning',
        event: 'handled, going on',
        error_detail: [
          {
            exc_type: 'KeyError',
            exc_value: 'cache',
            frames: [{ filename: 'a.py', lineno: 1, name: 'f' }],
          },
        ],
      },
    ]);
    expect([cause.exception, cause.line]).toEqual([null, null]);
  });

  it('is what was printed before sys.exit, though Airflow 3 gives it later', async () => {
    const at = '2026-11-28T13:00:06Z';
    const printed = (event: string) => ({
      ...{ timestamp: at, level: 'error', logger: 'task.stderr', event },
    });
    const { exception } = await v2([
      { timestamp: at, level: 'error', event: 'Task exited', exit_code: 1 },
      { timestamp: at, level: 'info', event: '::group::Post Execute' },
      ...raised('ValueError: no rows').map(printed),
    ]);
    expect(exception).toBe('ValueError: no rows');
  });
});
