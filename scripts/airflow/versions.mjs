// The real Airflows of this repository: where each answers, and with what it is run.
import path from 'node:path';
import { connectionString } from '../postgres/index.mjs';
import { ROOT } from '../portal/paths.mjs';

const HOME = path.join(ROOT, '.airflow');
const DAGS = path.join(ROOT, 'examples', 'airflow', 'dags');
// Known to everybody who reads this: these Airflows listen on this machine only.
const SECRET = 'airflow-fleet-on-this-machine-only';

const common = {
  users: { admin: 'admin', viewer: 'viewer' },
  dags: DAGS,
};

export const VERSIONS = {
  2: {
    ...common,
    major: 2,
    release: '2.11.2',
    port: 28080,
    database: 'airflow2',
    home: path.join(HOME, '2'),
    healthPath: '/api/v1/health',
    /** What the folder holds, but for the file that cannot be imported. */
    dagCount: 20,
    services: ['scheduler', 'triggerer', 'dag-processor', 'webserver'],
  },
  3: {
    ...common,
    major: 3,
    release: '3.3.2',
    port: 38080,
    database: 'airflow3',
    home: path.join(HOME, '3'),
    healthPath: '/api/v2/monitor/health',
    dagCount: 21,
    services: ['scheduler', 'triggerer', 'dag-processor', 'api-server'],
  },
};

export function urlOf({ port }) {
  return `http://localhost:${port}`;
}

/** Written when the database has its tables and users. */
export function preparedStamp({ home }) {
  return path.join(home, 'prepared');
}

/** The environment of every process of one Airflow. */
export function environmentOf(version) {
  const {
    AIRFLOW_URL,
    AIRFLOW_USERNAME,
    AIRFLOW_PASSWORD,
    AIRFLOW_TOKEN,
    ...rest
  } = process.env;
  const database = connectionString(version.database).replace(
    'postgresql://',
    'postgresql+psycopg2://',
  );
  return {
    ...rest,
    PATH: `${path.join(version.home, 'venv', 'bin')}${path.delimiter}${
      rest.PATH
    }`,
    AIRFLOW_HOME: path.join(version.home, 'home'),
    AIRFLOW__CORE__DAGS_FOLDER: version.dags,
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION: 'False',
    AIRFLOW__CORE__EXECUTOR: 'LocalExecutor',
    AIRFLOW__CORE__PARALLELISM: '4',
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: database,
    // What a file no longer brings is soon out of service.
    AIRFLOW__SCHEDULER__PARSING_CLEANUP_INTERVAL: '10',
    // Each Airflow serves the logs of running tasks on ports of its own.
    AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT: String(version.port + 713),
    AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT: String(version.port + 714),
    AIRFLOW__LOGGING__BASE_LOG_FOLDER: path.join(version.home, 'task-logs'),
    ...(version.major === 2 ? environment2(version) : environment3(version)),
  };
}

function environment2({ port }) {
  return {
    AIRFLOW__API__AUTH_BACKENDS: 'airflow.api.auth.backend.basic_auth',
    AIRFLOW__WEBSERVER__WEB_SERVER_PORT: String(port),
    AIRFLOW__WEBSERVER__WEB_SERVER_HOST: '127.0.0.1',
    AIRFLOW__WEBSERVER__WORKERS: '1',
    // On a slow machine it ends itself before its worker has loaded.
    AIRFLOW__WEBSERVER__WEB_SERVER_MASTER_TIMEOUT: '600',
    AIRFLOW__WEBSERVER__WEB_SERVER_WORKER_TIMEOUT: '600',
    AIRFLOW__WEBSERVER__SECRET_KEY: SECRET,
    AIRFLOW__WEBSERVER__EXPOSE_CONFIG: 'False',
    AIRFLOW__SCHEDULER__STANDALONE_DAG_PROCESSOR: 'True',
    AIRFLOW__SCHEDULER__DAG_DIR_LIST_INTERVAL: '5',
    AIRFLOW__SCHEDULER__MIN_FILE_PROCESS_INTERVAL: '60',
    AIRFLOW__SCHEDULER__STALE_DAG_THRESHOLD: '20',
  };
}

function environment3({ port, home }) {
  return {
    AIRFLOW__API__HOST: '127.0.0.1',
    AIRFLOW__API__PORT: String(port),
    AIRFLOW__API__WORKERS: '1',
    AIRFLOW__API__BASE_URL: `http://localhost:${port}`,
    AIRFLOW__API__SECRET_KEY: SECRET,
    AIRFLOW__API_AUTH__JWT_SECRET: SECRET,
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL: `http://localhost:${port}/execution/`,
    AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS: 'admin:admin,viewer:viewer',
    AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE: path.join(
      home,
      'passwords.json',
    ),
    AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL: '5',
    AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL: '60',
    AIRFLOW__DAG_PROCESSOR__STALE_DAG_THRESHOLD: '20',
  };
}
