// The processes of one Airflow. Each is in a process group of its own, since Airflow forks.
import { spawn } from 'node:child_process';
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { capture } from '../portal/processes.mjs';
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
  for (const service of services) {
    const log = await open(logOf(version, service), 'w');
    const child = spawn(programOf(version), [service], {
      env: environmentOf(version),
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

/** Ends all or some of what was started, with everything that it forked. */
export async function stopServices(version, services = version.services) {
  const pids = await readPids(version);
  const groups = [];
  for (const service of services) {
    const pid = pids[service];
    if (pid && !(await isStranger(pid, 'airflow'))) groups.push(pid);
    delete pids[service];
  }
  for (const pid of groups) signalGroup(pid, 'SIGTERM');
  const deadline = Date.now() + STOP_MS;
  while (groups.some(pid => signalGroup(pid, 0)) && Date.now() < deadline) {
    await sleep(200);
  }
  for (const pid of groups) signalGroup(pid, 'SIGKILL');
  await (Object.keys(pids).length > 0
    ? writeFile(pidFile(version), JSON.stringify(pids))
    : rm(pidFile(version), { force: true }));
}

/** Says which process has ended by itself, with its last words. */
export async function findEnded(version) {
  for (const [service, pid] of Object.entries(await readPids(version))) {
    if (signalGroup(pid, 0)) continue;
    const words = await readFile(logOf(version, service), 'utf8').catch(
      () => '',
    );
    return new FriendlyError(
      `The ${service} of Airflow ${
        version.release
      } ended. Its last words:\n${words.slice(-1500)}`,
      `The whole log is in .airflow/${version.major}/logs/${service}.log.`,
    );
  }
  return undefined;
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
