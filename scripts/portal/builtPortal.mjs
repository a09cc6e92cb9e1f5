// The built portal with the sandbox, and real Airflows where they are asked for.
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as airflow from '../airflow/index.mjs';
import { withClusters } from './clusters.mjs';
import { requireFreePorts } from './net.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { capture, ProcessGroup } from './processes.mjs';
import { FriendlyError, step } from './report.mjs';
import {
  BACKEND_PORT,
  SANDBOX_PORT,
  startBuiltPortal,
  startSandbox,
} from './servers.mjs';

// Without a backend that gives an app its configuration, the one of its build holds.
const BUILD_CONFIG = ['app-config.yaml', 'app-config.e2e.yaml'].flatMap(
  file => ['--config', path.join(ROOT, file)],
);

/** Starts it, hands its address to `use`, and stops what it has started. */
export async function withBuiltPortal({ majors }, use) {
  await requireFreePorts({
    [BACKEND_PORT]: 'the portal',
    [SANDBOX_PORT]: 'the sandbox Airflows',
  });
  await step('Building the apps', buildApps);
  const processes = new ProcessGroup();
  const started = [];
  try {
    for (const major of majors) {
      if (!(await airflow.isUp(major))) started.push(major);
    }
    if (majors.length > 0) {
      await airflow.up(majors);
      await airflow.startRuns(majors);
    }
    const database = path.join(CACHE, 'e2e', 'database');
    await rm(database, { recursive: true, force: true });
    await mkdir(database, { recursive: true });
    await step('Starting the sandbox Airflows', () => startSandbox(processes));
    const env = await withClusters(airflow.connections(majors));
    await step('Starting the built portal', () =>
      startBuiltPortal(processes, env, database),
    );
    return await use(`http://localhost:${BACKEND_PORT}`);
  } finally {
    await processes.stop();
    if (started.length > 0) await airflow.down(started);
  }
}

/** The app that the backend serves, and the one on the old frontend system. */
async function buildApps() {
  for (const app of ['app', 'app-legacy']) {
    const build = ['workspace', app, 'build', ...BUILD_CONFIG];
    const { code, output } = await capture('yarn', build);
    if (code !== 0) {
      throw new FriendlyError(
        `packages/${app} could not be built:\n${output.slice(-2000)}`,
        `yarn workspace ${app} build says more.`,
      );
    }
  }
}
