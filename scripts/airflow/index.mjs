// Real Airflow 2 and 3 on this machine, beside the portal.
import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as postgres from '../postgres/index.mjs';
import { requireFreePorts } from '../portal/net.mjs';
import { FriendlyError, step } from '../portal/report.mjs';
import { AirflowApi } from './api.mjs';
import { install, isInstalled } from './python.mjs';
import { triggerRuns } from './runs.mjs';
import {
  airflow,
  findEnded,
  reviveEnded,
  startServices,
  stoppedServices,
  stopServices,
} from './services.mjs';
import { preparedStamp, urlOf, VERSIONS } from './versions.mjs';

export { startRuns } from './runs.mjs';

const START_MS = 5 * 60_000;

/**
 * Installs, starts, waits until every DAG file is parsed, and triggers the example runs.
 * What is there already is left alone.
 */
export async function up(majors = [2, 3]) {
  const versions = majors.map(major => VERSIONS[major]);
  await installAll(majors);
  const created = await postgres.up(versions.map(({ database }) => database));
  await Promise.all(versions.map(version => ensureStarted(version, created)));
  await Promise.all(
    versions.map(version =>
      step(`Waiting for Airflow ${version.release} and its DAGs`, () =>
        untilParsed(version),
      ),
    ),
  );
  await triggerRuns(majors);
}

/** Installs those that are not yet, and starts nothing. */
export async function installAll(majors = [2, 3]) {
  await Promise.all(majors.map(major => ensureInstalled(VERSIONS[major])));
}

/** Ends the Airflows named, and PostgreSQL when none is left. */
export async function down(majors = [2, 3]) {
  for (const major of majors) await stopServices(VERSIONS[major]);
  const left = await Promise.all(Object.values(VERSIONS).map(answers));
  if (!left.includes(true)) await postgres.downUnlessUsed();
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
      owner: 'group:default/platform',
      auth: {
        type: 'password',
        username: 'admin',
        password: version.users.admin,
      },
    };
  });
}

/** True when an Airflow answers. */
export async function isUp(major) {
  return answers(VERSIONS[major]);
}

async function answers(version) {
  return fetch(`${urlOf(version)}${version.healthPath}`, {
    signal: AbortSignal.timeout(5_000),
  }).then(
    response => response.ok,
    () => false,
  );
}

async function ensureInstalled(version) {
  if (await isInstalled(version)) return;
  // A server must not lose the files that it runs from.
  await stopServices(version);
  await install(version);
}

async function ensureStarted(version, createdDatabases) {
  if ((await answers(version)) && !(await findEnded(version))) {
    await startStopped(version);
    return;
  }
  // Some of its processes may have outlived the others.
  await stopServices(version);
  await requireFreePorts({ [version.port]: `Airflow ${version.release}` });
  const isPrepared = await access(preparedStamp(version)).then(
    () => !createdDatabases.includes(version.database),
    () => false,
  );
  if (!isPrepared) {
    await step(`Preparing the database of Airflow ${version.release}`, () =>
      prepare(version),
    );
  }
  await startServices(version);
}

async function startStopped(version) {
  await startServices(version, await stoppedServices(version));
}

async function prepare(version) {
  await mkdir(path.join(version.home, 'logs'), { recursive: true });
  await airflow(version, ['db', 'migrate']);
  if (version.major === 3) {
    await writeFile(
      path.join(version.home, 'passwords.json'),
      JSON.stringify(version.users),
    );
  } else {
    await createUsers(version);
  }
  await writeFile(preparedStamp(version), version.release);
}

async function createUsers(version) {
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

/** Waits until an Airflow answers. */
export async function untilAnswers(version) {
  const deadline = Date.now() + START_MS;
  const revived = new Set();
  while (!(await answers(version))) {
    await reviveEnded(version, revived);
    if (Date.now() > deadline) {
      throw new FriendlyError(
        `Airflow ${version.release} does not answer.`,
        `Its logs are in .airflow/${version.major}/logs.`,
      );
    }
    await sleep(500);
  }
}

async function untilParsed(version) {
  const deadline = Date.now() + START_MS;
  const revived = new Set();
  let found = 0;
  for (;;) {
    await reviveEnded(version, revived);
    if (await answers(version)) {
      const api = await AirflowApi.signIn(version);
      found = await api.count('/dags');
      const errors = await api.count('/importErrors');
      if (found >= version.dagCount && errors > 0) return;
    }
    if (Date.now() > deadline) {
      throw new FriendlyError(
        `Airflow ${version.release} knows ${found} of ${version.dagCount} DAGs.`,
        `Its logs are in .airflow/${version.major}/logs.`,
      );
    }
    await sleep(1_000);
  }
}
