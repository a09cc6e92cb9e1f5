import { ErrorDefinition } from './types';

const HOOK =
  '/opt/airflow/lib/python3.11/site-packages/airflow/providers/postgres/hooks/postgres.py';
const SOCKET = '/usr/local/lib/python3.11/socket.py';

/** The database that three DAGs read from does not answer. */
export function databaseRefused(file: string, task: string): ErrorDefinition {
  return {
    type: 'RuntimeError',
    value: `could not read source table for ${task}`,
    frames: [
      { file, line: 48, name: task, code: 'rows = read_source(table, since)' },
      {
        file,
        line: 27,
        name: 'read_source',
        code: 'raise RuntimeError(f"could not read source table for {task}") from error',
      },
    ],
    cause: {
      type: 'ConnectionRefusedError',
      value:
        "[Errno 111] Connection refused: could not connect to server 'db-1:5432'",
      frames: [
        {
          file,
          line: 25,
          name: 'read_source',
          code: 'connection = hook.get_conn()',
        },
        {
          file: HOOK,
          line: 167,
          name: 'get_conn',
          code: 'self.conn = psycopg2.connect(**conn_args)',
        },
        {
          file: SOCKET,
          line: 851,
          name: 'create_connection',
          code: 'sock.connect(sa)',
        },
      ],
    },
  };
}

/** A plain exception with one frame in the DAG file. */
export function simpleError(
  file: string,
  name: string,
  type: string,
  value: string,
): ErrorDefinition {
  return {
    type,
    value,
    frames: [
      { file, line: 63, name, code: 'result = step(payload)' },
      { file, line: 31, name: 'step', code: `raise ${type}(message)` },
    ],
  };
}

/** What tasks say when the metadata database of their cluster was away. */
export const CLUSTER_OUTAGE: ErrorDefinition = {
  type: 'sqlalchemy.exc.OperationalError',
  value:
    '(psycopg2.OperationalError) FATAL: the database system is shutting down',
  frames: [
    {
      file: '/opt/airflow/lib/python3.11/site-packages/sqlalchemy/engine/base.py',
      line: 1910,
      name: '_execute_context',
      code: 'self.dialect.do_execute(cursor, statement, parameters, context)',
    },
  ],
};
