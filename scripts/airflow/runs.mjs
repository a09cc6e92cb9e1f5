// Runs of the example DAGs, so that there is something to see on a real Airflow.
import { setTimeout as sleep } from 'node:timers/promises';
import { FriendlyError, step } from '../portal/report.mjs';
import { AirflowApi } from './api.mjs';
import { reviveEnded } from './services.mjs';
import { VERSIONS } from './versions.mjs';

/** How each of them ends. */
const EXAMPLE_RUNS = {
  hello_world: 'success',
  orders_broken: 'failed',
  payments_flaky: 'success',
  payments_exhausted: 'failed',
  'shop.orders.daily': 'success',
  hundred_thousand_lines: 'success',
  refund_route: 'success',
  table_checks: 'success',
  report_on_demand: 'success',
  warehouse_wait: 'success',
  'stock.levels': 'success',
  'ml.train_models': 'failed',
};
/** They wait for a person, so nobody waits for their end. */
const WAITING_RUNS = { 2: [], 3: ['limit_changes'] };

/** Airflow starts it by itself, once, for the day before; what it writes is read by the contract. */
const BY_ITSELF = 'orders_export';

const LONGEST_MS = 5 * 60_000;

/** Triggers one run of each on each Airflow, unless it has one already. */
export async function triggerRuns(majors) {
  for (const major of majors) {
    const api = await AirflowApi.signIn(VERSIONS[major]);
    const dagIds = [...Object.keys(EXAMPLE_RUNS), ...WAITING_RUNS[major]];
    for (const dagId of dagIds) await trigger(api, major, dagId);
  }
}

/** Triggers them, and waits until they have ended. */
export async function startRuns(majors = [2, 3]) {
  await triggerRuns(majors);
  for (const major of majors) {
    const version = VERSIONS[major];
    await step(
      `Running the example DAGs on Airflow ${version.release}`,
      async () => {
        const watched = new Watched(version, await AirflowApi.signIn(version));
        for (const [dagId, state] of Object.entries(EXAMPLE_RUNS)) {
          await untilEnded(watched, dagId, state);
        }
        await untilSucceeded(watched, BY_ITSELF);
      },
    );
  }
}

const RUN_ID = 'example';

async function trigger(api, major, dagId) {
  const present = await api
    .ask(`/dags/${dagId}/dagRuns/${RUN_ID}`)
    .catch(() => undefined);
  if (present) return;
  await api.ask(`/dags/${dagId}/dagRuns`, {
    method: 'POST',
    body: { dag_run_id: RUN_ID, ...(major === 3 && { logical_date: null }) },
  });
}

/** An Airflow whose processes are started anew where one ends, and asked again when they are back. */
class Watched {
  #revived = new Set();

  constructor(version, api) {
    this.version = version;
    this.api = api;
  }

  /** Undefined while nothing answers. */
  async ask(path) {
    await reviveEnded(this.version, this.#revived);
    return this.api.ask(path).catch(error => {
      if (error instanceof TypeError) return undefined;
      throw error;
    });
  }
}

async function untilEnded(watched, dagId, wanted) {
  await untilRunIs(watched, dagId, wanted, () =>
    watched.ask(`/dags/${dagId}/dagRuns/${RUN_ID}`),
  );
}

async function untilSucceeded(watched, dagId) {
  await untilRunIs(watched, dagId, 'success', async () => {
    const list = await watched.ask(`/dags/${dagId}/dagRuns?limit=1`);
    return list?.dag_runs[0];
  });
}

/** Waits until a run is in the state wanted; Airflow gets a second chance with one that failed. */
async function untilRunIs({ api }, dagId, wanted, read) {
  const deadline = Date.now() + LONGEST_MS;
  let isCleared = false;
  for (;;) {
    const run = await read();
    if (run?.state === wanted) return;
    // Seen on a busy machine: Airflow 3 calls a task failed that was just rescheduled, or never began.
    if (run?.state === 'failed' && !isCleared) {
      isCleared = true;
      await clear(api, dagId, run.dag_run_id);
    } else if (hasEnded(run) || Date.now() > deadline) {
      throw new FriendlyError(
        run
          ? `Run ${run.dag_run_id} of ${dagId} is ${run.state}, not ${wanted}.`
          : `Airflow tells of no run of ${dagId}.`,
        'Look at its log in Airflow, and at its scheduler.',
      );
    }
    await sleep(1_000);
  }
}

function hasEnded(run) {
  return run?.state === 'failed' || run?.state === 'success';
}

function clear(api, dagId, runId) {
  return api.ask(`/dags/${dagId}/dagRuns/${encodeURIComponent(runId)}/clear`, {
    method: 'POST',
    body: { dry_run: false },
  });
}
