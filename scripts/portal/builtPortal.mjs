// The built portal with the sandbox, and real Airflows where they are asked for.
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as airflow from '../airflow/index.mjs';
import { ensureBuilt } from './apps.mjs';
import { withClusters } from './clusters.mjs';
import { requireFreePorts } from './net.mjs';
import { CACHE } from './paths.mjs';
import { ProcessGroup } from './processes.mjs';
import { step } from './report.mjs';
import {
  BACKEND_PORT,
  SANDBOX_PORT,
  startBuiltPortal,
  startSandbox,
} from './servers.mjs';

/** Starts it, hands its address to `use`, and stops what it has started. */
export async function withBuiltPortal({ majors }, use) {
  await requireFreePorts({
    [BACKEND_PORT]: 'the portal',
    [SANDBOX_PORT]: 'the sandbox Airflows',
  });
  // The one that the backend serves, and the one on the old frontend system.
  await ensureBuilt(['app', 'app-legacy']);
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
