import { AirflowError, type TaskInstanceRef } from '../airflow';
import type { RegisteredCluster } from '../clusters';
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

type Cluster = Pick<RegisteredCluster, 'name' | 'client'>;

/**
 * Says which part of a name there is not, the widest first, where Airflow only says that something is not there. It
 * asks Airflow itself: what the portal has stored may be gone from there, or not be read yet.
 */
export class MissingPart {
  constructor(private readonly stores: { dags: DagStore; runs: RunStore }) {}

  async ofRun(
    cluster: Cluster,
    dagId: string,
    runId: string,
  ): Promise<ProblemError> {
    return (await isThere(cluster.client.run(dagId, runId)))
      ? unloadedDag(cluster.name, dagId, runId)
      : this.ofNoRun(cluster, dagId, runId);
  }

  /** As {@link MissingPart.ofRun}, where Airflow has said that it has no such run. */
  async ofNoRun(
    { name, client }: Cluster,
    dagId: string,
    runId: string,
  ): Promise<ProblemError> {
    if (await this.stores.runs.get(name, dagId, runId)) {
      return goneRun(name, dagId, runId);
    }
    const hasDag =
      (await this.stores.dags.get(name, dagId)) !== undefined ||
      (await isThere(client.dag(dagId)));
    return hasDag ? missingRun(name, dagId, runId) : missingDag(name, dagId);
  }

  /** @param part - what is missing where the task itself is there */
  async ofTask(
    cluster: Cluster,
    ref: TaskInstanceRef,
    part = unloadedDag(cluster.name, ref.dagId, ref.runId),
  ): Promise<ProblemError> {
    const { name, client } = cluster;
    const { dagId, runId } = ref;
    if (await isThere(client.taskInstance(ref))) return part;
    return (await isThere(client.run(dagId, runId)))
      ? missingTask(name, ref)
      : this.ofNoRun(cluster, dagId, runId);
  }
}

async function isThere(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (error instanceof AirflowError && error.code === 'airflow-not-found') {
      return false;
    }
    throw error;
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

/** Airflow keeps the runs of a DAG whose file was removed, but can do nothing to them. */
function unloadedDag(
  cluster: string,
  dagId: string,
  runId: string,
): ProblemError {
  return new ProblemError({
    code: 'not-found',
    cluster,
    field: 'dagId',
    message: `Airflow on cluster ${cluster} has run ${runId} still, but no longer DAG ${dagId} as it is written`,
    hint: 'Its file may have been removed; bring it back first',
  });
}

/** Where somebody deletes a DAG of which only the portal knows something. */
export function goneDag(cluster: string, dagId: string): ProblemError {
  return new ProblemError({
    code: 'gone',
    cluster,
    field: 'dagId',
    message: `Airflow on cluster ${cluster} no longer knows DAG ${dagId}, so there is nothing to delete`,
    hint: 'What the portal has stored of it stays, its runs until they are older than airflow.retention.runs',
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

/** The run is still stored, and whatever the portal does not store went with it. */
function goneRun(cluster: string, dagId: string, runId: string): ProblemError {
  return new ProblemError({
    code: 'gone',
    cluster,
    field: 'runId',
    message: `Run ${runId} of DAG ${dagId} is gone from Airflow on cluster ${cluster}, and its tasks with it`,
    hint: 'The portal still has the run as it was stored, which says how it went but not what was in it',
  });
}

export function missingTask(
  cluster: string,
  ref: TaskInstanceRef,
): ProblemError {
  return new ProblemError({
    code: 'not-found',
    cluster,
    field: 'taskId',
    message: `Run ${ref.runId} of DAG ${
      ref.dagId
    } on cluster ${cluster} has no task ${taskText(ref)}`,
    hint: 'The task may have been renamed or removed from the DAG',
  });
}

export function missingTry(
  cluster: string,
  ref: TaskInstanceRef & { tryNumber: number },
): ProblemError {
  return new ProblemError({
    code: 'not-found',
    cluster,
    field: 'try',
    message: `Task ${taskText(ref)} of run ${
      ref.runId
    } on cluster ${cluster} has no log of try ${ref.tryNumber}`,
    hint: 'It may not have begun yet, or have been cleared since',
  });
}

export function missingQuestion(
  cluster: string,
  ref: TaskInstanceRef,
): ProblemError {
  return new ProblemError({
    code: 'not-found',
    cluster,
    field: 'taskId',
    message: `Task ${taskText(ref)} of run ${
      ref.runId
    } on cluster ${cluster} asks nobody for anything`,
    hint: 'Look at what the run waits for',
  });
}

function taskText({ taskId, mapIndex }: TaskInstanceRef): string {
  return mapIndex === -1 ? taskId : `${taskId} [${mapIndex}]`;
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
