// Real Airflow 2 and 3 on this machine, beside the portal.
import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as postgres from '../postgres/index.mjs';
import { waitForHttp } from '../portal/net.mjs';
import { capture } from '../portal/processes.mjs';
import { FriendlyError, step } from '../portal/report.mjs';
import { AirflowApi } from './api.mjs';
import { install } from './python.mjs';
import { environmentOf, VERSIONS } from './versions.mjs';

export { startRuns } from './runs.mjs';

const START_MS = 5 * 60_000;
const STOP_MS = 15_000;

/** Installs, starts and waits until every DAG file is parsed; what runs already is left alone. */
export async function up(majors = [2, 3]) {
  const versions = majors.map(major => VERSIONS[major]);
  for (const version of versions) await install(version);
  await postgres.up(versions.map(({ database }) => database));
  const stopped = [];
  for (const version of versions) {
    if (!(await answers(version))) stopped.push(version);
  }
  for (const version of stopped) {
    await step(`Preparing the database of Airflow ${version.release}`, () =>
      prepare(version),
    );
    await startServices(version);
  }
  for (const version of versions) {
    await step(`Waiting for Airflow ${version.release} and its DAGs`, () =>
      untilParsed(version),
    );
  }
}

/** Ends the Airflows named, and PostgreSQL when none is left. */
export async function down(majors = [2, 3]) {
  for (const major of majors) await stopServices(VERSIONS[major]);
  const left = await Promise.all(Object.values(VERSIONS).map(answers));
  if (!left.includes(true)) await postgres.down();
}

/** One line for each Airflow. */
export async function status() {
  const lines = [];
  for (const version of Object.values(VERSIONS)) {
    const word = (await answers(version)) ? 'up' : 'down';
    lines.push(`Airflow ${version.release}: ${word}, ${urlOf(version)}`);
  }
  return lines;
}

/** The Airflows as clusters of the portal's configuration. */
export function connections(majors = [2, 3]) {
  return majors.map(major => {
    const version = VERSIONS[major];
    return {
      name: `airflow-${major}`,
      title: `Airflow ${version.release}`,
      baseUrl: urlOf(version),
      environment: 'local',
      auth: {
        type: 'password',
        username: 'admin',
        password: version.users.admin,
      },
    };
  });
}

export function urlOf({ port }) {
  return `http://localhost:${port}`;
}

async function answers(version) {
  return fetch(`${urlOf(version)}${version.healthPath}`, {
    signal: AbortSignal.timeout(5_000),
  }).then(
    response => response.ok,
    () => false,
  );
}

async function prepare(version) {
  await mkdir(path.join(version.home, 'logs'), { recursive: true });
  await airflow(version, ['db', 'migrate']);
  if (version.major === 3) {
    await writeFile(
      path.join(version.home, 'passwords.json'),
      JSON.stringify(version.users),
    );
    return;
  }
  // Without it the roles are not there yet.
  await airflow(version, ['sync-perm']);
  for (const [name, password] of Object.entries(version.users)) {
    const role = name === 'admin' ? 'Admin' : 'Viewer';
    await airflow(version, [
      ...['users', 'create', '--username', name, '--password', password],
      ...['--role', role, '--firstname', name, '--lastname', name],
      ...['--email', `${name}@example.com`],
    ]);
  }
}

async function airflow(version, args) {
  const { code, output } = await capture(
    path.join(version.home, 'venv', 'bin', 'airflow'),
    args,
    { env: environmentOf(version) },
  );
  if (code === 0) return;
  throw new FriendlyError(
    `airflow ${args.slice(0, 2).join(' ')} of ${
      version.release
    } failed:\n${output.slice(-2000)}`,
    'Remove the folder .airflow to begin anew.',
  );
}

function pidFile({ home }) {
  return path.join(home, 'pids.json');
}

/** Each in a process group of its own, since Airflow forks. */
async function startServices(version) {
  const pids = [];
  for (const service of version.services) {
    const log = await open(
      path.join(version.home, 'logs', `${service}.log`),
      'a',
    );
    const child = spawn(
      path.join(version.home, 'venv', 'bin', 'airflow'),
      [service],
      {
        env: environmentOf(version),
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      },
    );
    child.unref();
    pids.push(child.pid);
    await log.close();
  }
  await writeFile(pidFile(version), JSON.stringify(pids));
}

async function stopServices(version) {
  const pids = await readFile(pidFile(version), 'utf8').then(
    JSON.parse,
    () => [],
  );
  for (const pid of pids) signalGroup(pid, 'SIGTERM');
  const deadline = Date.now() + STOP_MS;
  while (pids.some(pid => signalGroup(pid, 0)) && Date.now() < deadline) {
    await sleep(200);
  }
  for (const pid of pids) signalGroup(pid, 'SIGKILL');
  await rm(pidFile(version), { force: true });
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

async function untilParsed(version) {
  await waitForHttp(`${urlOf(version)}${version.healthPath}`, {
    timeoutMs: START_MS,
  });
  const api = await AirflowApi.signIn(version);
  const deadline = Date.now() + START_MS;
  for (;;) {
    const dags = await api.count('/dags');
    const errors = await api.count('/importErrors');
    if (dags >= version.dagCount && errors > 0) return;
    if (Date.now() > deadline) {
      throw new FriendlyError(
        `Airflow ${version.release} knows ${dags} of ${version.dagCount} DAGs.`,
        `Its logs are in .airflow/${version.major}/logs.`,
      );
    }
    await sleep(1_000);
  }
}
