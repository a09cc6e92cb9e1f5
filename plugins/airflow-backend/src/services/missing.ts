import { AirflowError } from '../airflow';
import type { DagStore, RunStore } from '../store';
import { ProblemError } from './ProblemError';

/** What Airflow's own 404 is about, so that the answer can say exactly what is missing. */
export async function orMissing<T>(
  act: Promise<T>,
  missing: () => ProblemError | Promise<ProblemError>,
): Promise<T> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof AirflowError && error.code === 'airflow-not-found') {
      throw await missing();
    }
    throw error;
  }
}

/** Says which part of a name there is not, the widest first, where Airflow only says that something is not there. */
export class MissingPart {
  constructor(private readonly stores: { dags: DagStore; runs: RunStore }) {}

  async ofRun(
    cluster: string,
    dagId: string,
    runId: string,
  ): Promise<ProblemError> {
    const dag = await this.stores.dags.get(cluster, dagId);
    return dag ? missingRun(cluster, dagId, runId) : missingDag(cluster, dagId);
  }

  async ofTask(
    cluster: string,
    ref: Parameters<typeof missingTask>[1],
  ): Promise<ProblemError> {
    const run = await this.stores.runs.get(cluster, ref.dagId, ref.runId);
    return run
      ? missingTask(cluster, ref)
      : this.ofRun(cluster, ref.dagId, ref.runId);
  }
}

/** @param seen - the clusters that the caller may see */
export function unknownCluster(
  name: string,
  seen: readonly { name: string }[],
): ProblemError {
  const known = seen.map(other => other.name).join(', ');
  return new ProblemError({
    code: 'unknown-cluster',
    cluster: name,
    message: `There is no cluster ${name}`,
    hint: known
      ? `There are: ${known}`
      : 'No cluster is configured under airflow.clusters, or none that you may see',
  });
}

export function missingDag(cluster: string, dagId: string): ProblemError {
  return new ProblemError({
    code: 'not-found',
    cluster,
    field: 'dagId',
    message: `Cluster ${cluster} has no DAG ${dagId}`,
    hint: 'It may have been renamed or deleted, or was not read yet',
  });
}

export function missingRun(
  cluster: string,
  dagId: string,
  runId: string,
): ProblemError {
  return new ProblemError({
    code: 'not-found',
    cluster,
    field: 'runId',
    message: `DAG ${dagId} on cluster ${cluster} has no run ${runId}`,
    hint: 'It may have been deleted in Airflow',
  });
}

export function missingTask(
  cluster: string,
  ref: { dagId: string; runId: string; taskId: string; mapIndex: number },
): ProblemError {
  const index = ref.mapIndex === -1 ? '' : ` [${ref.mapIndex}]`;
  return new ProblemError({
    code: 'not-found',
    cluster,
    field: 'taskId',
    message: `Run ${ref.runId} of DAG ${ref.dagId} on cluster ${cluster} has no task ${ref.taskId}${index}`,
    hint: 'The task may have been renamed or removed from the DAG',
  });
}

export function missingVersion(
  cluster: string,
  dagId: string,
  version: number,
): ProblemError {
  return new ProblemError({
    code: 'not-found',
    cluster,
    field: 'version',
    message: `Cluster ${cluster} has no code of version ${version} of DAG ${dagId}`,
    hint: 'Airflow forgets old versions; the list of versions says which there are',
  });
}

export function missingAsset(
  cluster: string,
  dagId: string,
  assetId: number,
): ProblemError {
  return new ProblemError({
    code: 'not-found',
    cluster,
    field: 'assetId',
    message: `DAG ${dagId} on cluster ${cluster} neither writes nor waits for an asset ${assetId}`,
    hint: 'The DAG may have changed meanwhile',
  });
}

export function missingXCom(
  cluster: string,
  ref: { runId: string; taskId: string },
  key: string,
): ProblemError {
  return new ProblemError({
    code: 'not-found',
    cluster,
    field: 'key',
    message: `Task ${ref.taskId} of run ${ref.runId} on cluster ${cluster} left no XCom ${key}`,
    hint: 'A task that is cleared loses the XComs that it left before',
  });
}

export function missingBackfill(
  cluster: string,
  dagId: string,
  id: number,
): ProblemError {
  return new ProblemError({
    code: 'not-found',
    cluster,
    field: 'backfillId',
    message: `DAG ${dagId} on cluster ${cluster} has no backfill ${id}`,
    hint: 'Look at the list of its backfills',
  });
}

/** Also for one that the caller may not see: that it is there is not told either. */
export function missingAlert(id: string): ProblemError {
  return new ProblemError({
    code: 'not-found',
    field: 'alertId',
    message: `There is no alert ${id}`,
    hint: 'It may have been resolved so long ago that it was forgotten',
  });
}

export function missingDelivery(id: string): ProblemError {
  return new ProblemError({
    code: 'not-found',
    field: 'deliveryId',
    message: `There is no delivery ${id}`,
    hint: 'It may have been forgotten together with its alert',
  });
}
