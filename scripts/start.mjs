// The portal on this machine: `npm start [-- --airflow] [--legacy]`.
import { clusterFromEnvironment, withClusters } from './portal/clusters.mjs';
import { requireFreePorts } from './portal/net.mjs';
import { ProcessGroup } from './portal/processes.mjs';
import {
  FriendlyError,
  duration,
  failWith,
  say,
  step,
} from './portal/report.mjs';
import {
  APP_PORT,
  BACKEND_PORT,
  SANDBOX_PORT,
  startDevelopmentPortal,
  startSandbox,
} from './portal/servers.mjs';

const OPTIONS = ['--airflow', '--legacy'];

const started = Date.now();
const processes = new ProcessGroup();

try {
  await start(process.argv.slice(2));
} catch (error) {
  await processes.stop();
  failWith(error);
}

async function start(args) {
  const unknown = args.filter(argument => !OPTIONS.includes(argument));
  if (unknown.length > 0) {
    throw new FriendlyError(
      `Unknown argument: ${unknown.join(' ')}`,
      'npm start knows two: npm start -- --airflow --legacy',
    );
  }
  const own = clusterFromEnvironment(process.env);
  await requireFreePorts({
    [APP_PORT]: 'the portal',
    [BACKEND_PORT]: 'its backend',
    [SANDBOX_PORT]: 'the sandbox Airflows',
  });

  await step('Starting the sandbox Airflows', () => startSandbox(processes));
  const real = args.includes('--airflow') ? await realAirflows() : [];
  const added = own ? [...real, own] : real;
  const env = await withClusters(added);
  const app = args.includes('--legacy') ? 'app-legacy' : 'app';
  await step('Starting the portal', () =>
    startDevelopmentPortal(processes, env, app),
  );
  announce(added);
}

async function realAirflows() {
  const airflow = await import('./airflow/index.mjs');
  await airflow.up();
  return airflow.connections();
}

function announce(added) {
  const names = ['three sandbox Airflows and one that is down'];
  names.push(...added.map(cluster => `${cluster.title} (${cluster.baseUrl})`));
  say(`
Ready after ${duration(Date.now() - started)}. Open

    http://localhost:${APP_PORT}/airflow

Clusters: ${names.join(', ')}
Logs:     .cache/portal/portal.log and sandbox.log
Stop:     Ctrl-C
`);
}
