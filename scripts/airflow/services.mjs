// The processes of one Airflow. Each is in a process group of its own, since Airflow forks.
import { spawn } from 'node:child_process';
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { capture } from '../portal/processes.mjs';
import { clockEnvironment } from './clock.mjs';
import { FriendlyError } from '../portal/report.mjs';
import { isStranger } from '../postgres/pids.mjs';
import { environmentOf } from './versions.mjs';

const STOP_MS = 15_000;

/** Runs one command of the `airflow` program to its end. */
export async function airflow(version, args) {
  const { code, output } = await capture(programOf(version), args, {
    env: environmentOf(version),
  });
  if (code === 0) return;
  throw new FriendlyError(
    `airflow ${args.slice(0, 2).join(' ')} of ${
      version.release
    } failed:\n${output.slice(-2000)}`,
    'Remove the folder .airflow to begin anew.',
  );
}

/** Starts all or some, each with a log of its own, and leaves them running. */
export async function startServices(version, services = version.services) {
  const pids = await readPids(version);
  const env = {
    ...environmentOf(version),
    ...(await clockEnvironment(version)),
  };
  for (const service of services) {
    const log = await open(logOf(version, service), 'w');
    const child = spawn(programOf(version), [service], {
      env,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    child.unref();
    pids[service] = child.pid;
    await log.close();
  }
  await writeFile(pidFile(version), JSON.stringify(pids));
}

/** Those that were stopped while others were left running. */
export async function stoppedServices(version) {
  const pids = await readPids(version);
  const stopped = version.services.filter(service => !(service in pids));
  return stopped.length < version.services.length ? stopped : [];
}

/** Ends all or some of what was started, with everything that it forked; in order, or at once. */
export async function stopServices(
  version,
  services = version.services,
  signal = 'SIGTERM',
) {
  const pids = await readPids(version);
  const groups = [];
  for (const service of services) {
    const pid = pids[service];
    if (pid && !(await isStranger(pid, 'airflow'))) groups.push(pid);
    delete pids[service];
  }
  for (const pid of groups) signalGroup(pid, signal);
  const deadline = Date.now() + STOP_MS;
  while (groups.some(pid => signalGroup(pid, 0)) && Date.now() < deadline) {
    await sleep(200);
  }
  for (const pid of groups) signalGroup(pid, 'SIGKILL');
  await (Object.keys(pids).length > 0
    ? writeFile(pidFile(version), JSON.stringify(pids))
    : rm(pidFile(version), { force: true }));
}

/** Sends a signal to one service with everything that it forked. */
export async function signalService(version, service, signal) {
  const pid = (await readPids(version))[service];
  if (pid && !(await isStranger(pid, 'airflow'))) signalGroup(pid, signal);
}

/** Which service has ended by itself; undefined when all run that were started. */
export async function findEnded(version) {
  const pids = Object.entries(await readPids(version));
  return pids.find(([, pid]) => !signalGroup(pid, 0))?.[0];
}

/**
 * Starts anew what has ended by itself, as a supervisor does: seen once in some twenty starts, a fork of Airflow 2's
 * scheduler takes its connection to the database with it.
 *
 * @param revived those that were before; that one of them ends again is an error, with its last words
 */
export async function reviveEnded(version, revived) {
  const service = await findEnded(version);
  if (service === undefined) return;
  if (revived.has(service)) {
    const words = await readFile(logOf(version, service), 'utf8');
    throw new FriendlyError(
      `The ${service} of Airflow ${
        version.release
      } ended. Its last words:\n${words.slice(-1500)}`,
      `The whole log is in .airflow/${version.major}/logs/${service}.log.`,
    );
  }
  revived.add(service);
  await stopServices(version, [service]);
  await startServices(version, [service]);
}

function programOf({ home }) {
  return path.join(home, 'venv', 'bin', 'airflow');
}

function logOf({ home }, service) {
  return path.join(home, 'logs', `${service}.log`);
}

function pidFile({ home }) {
  return path.join(home, 'pids.json');
}

function readPids(version) {
  return readFile(pidFile(version), 'utf8').then(JSON.parse, () => ({}));
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
