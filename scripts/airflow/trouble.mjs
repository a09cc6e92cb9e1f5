// Trouble for one real Airflow: a process that ends or stands still, a clock that is off.
import { FriendlyError } from '../portal/report.mjs';
import { setClock } from './clock.mjs';
import { untilAnswers } from './index.mjs';
import {
  signalService,
  startServices,
  stoppedServices,
  stopServices,
} from './services.mjs';
import { VERSIONS } from './versions.mjs';

/** Ends one process with what it forked; everything else answers as before. */
export async function stopOne(major, name) {
  await stopServices(VERSIONS[major], [serviceOf(major, name)]);
}

/** Ends it as a machine does that is lost: it has no time to say so. */
export async function kill(major, name) {
  const services = [serviceOf(major, name)];
  await stopServices(VERSIONS[major], services, 'SIGKILL');
}

/** Starts a process that was stopped. */
export async function startOne(major, name) {
  const service = serviceOf(major, name);
  const stopped = await stoppedServices(VERSIONS[major]);
  if (stopped.includes(service))
    await startServices(VERSIONS[major], [service]);
}

/** Has a process stand still as a machine does that hangs: its port is open, and nothing answers. */
export async function freeze(major, name) {
  await signalService(VERSIONS[major], serviceOf(major, name), 'SIGSTOP');
}

export async function thaw(major, name) {
  await signalService(VERSIONS[major], serviceOf(major, name), 'SIGCONT');
}

/** Starts an Airflow anew, but for what was stopped, with its clock so many seconds off the machine's; 0 sets it right. */
export async function moveClock(major, seconds) {
  if (!Number.isInteger(seconds)) {
    throw new FriendlyError(
      'The clock is moved by a whole number of seconds.',
      'Such as: npm run airflow -- clock -300 3',
    );
  }
  const version = VERSIONS[major];
  const stopped = await stoppedServices(version);
  const running = version.services.filter(own => !stopped.includes(own));
  await stopServices(version, running);
  await setClock(version, seconds);
  await startServices(version, running);
  await untilAnswers(version);
}

function serviceOf(major, name) {
  const service =
    name === 'web' ? (major === 2 ? 'webserver' : 'api-server') : name;
  if (VERSIONS[major].services.includes(service)) return service;
  throw new FriendlyError(
    `Airflow ${major} has no process ${name ?? 'without a name'}.`,
    'There are scheduler, triggerer, dag-processor and web.',
  );
}
