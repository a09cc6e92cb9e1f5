import type { Problem } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  AirflowError,
  type AirflowImportError,
  type CallOptions,
} from '../airflow';
import type { RegisteredCluster } from '../clusters';
import type { OwnershipKeeper } from '../ownership';
import type { DagDocsStore, DagStore, ImportErrorStore } from '../store';
import { readDocs } from './docs';
import type { Collector } from './types';

interface InventoryStores {
  dagDocs: DagDocsStore;
  dags: DagStore;
  importErrors: ImportErrorStore;
}

/** Reads every DAG and every import error, and the docs of some DAGs. */
export function inventoryCollector(
  stores: InventoryStores,
  ownership: OwnershipKeeper,
): Collector {
  return async (cluster, call) => {
    const skippedDags = await readDags(stores.dags, cluster, call);
    await ownership.resolve(cluster);
    const errors = await readImportErrors(stores.importErrors, cluster, call);
    await readDocs(stores.dagDocs, cluster, call);
    return {
      skippedRows: skippedDags + errors.skipped,
      complete: errors.problem === null,
      problem: errors.problem,
    };
  };
}

async function readDags(
  store: DagStore,
  { name, client }: RegisteredCluster,
  call: CallOptions,
): Promise<number> {
  const startedAt = new Date();
  let skipped = 0;
  for await (const page of client.dags(call)) {
    skipped += page.skipped;
    await store.save(name, page.items, startedAt);
  }
  // A DAG that Airflow could not serve is not gone.
  if (skipped === 0) await store.markGone(name, startedAt);
  return skipped;
}

/** Import errors need a right of their own in Airflow; without it the DAGs are still worth having. */
async function readImportErrors(
  store: ImportErrorStore,
  { name, client }: RegisteredCluster,
  call: CallOptions,
): Promise<{ skipped: number; problem: Problem | null }> {
  const errors: AirflowImportError[] = [];
  let skipped = 0;
  try {
    for await (const page of client.importErrors(call)) {
      skipped += page.skipped;
      errors.push(...page.items);
    }
  } catch (error) {
    if (!(error instanceof AirflowError)) throw error;
    return { skipped, problem: error.toProblem() };
  }
  await store.replaceAll(name, errors);
  return { skipped, problem: null };
}
