import type { TaskInstanceRef } from '../../airflow';
import { ProblemError } from './ProblemError';

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

/** Airflow keeps runs of a DAG whose file was removed, and tasks taken out of it, but can do nothing to them. */
export function unloadedDag(
  cluster: string,
  dagId: string,
  runId: string,
): ProblemError {
  return new ProblemError({
    code: 'not-found',
    cluster,
    field: 'dagId',
    message: `Airflow on cluster ${cluster} has run ${runId} still, but no longer DAG ${dagId} as it was then`,
    hint: 'Its file may have been removed, or a task from it; bring that back first',
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
export function goneRun(
  cluster: string,
  dagId: string,
  runId: string,
): ProblemError {
  return new ProblemError({
    code: 'gone',
    cluster,
    field: 'runId',
    message: `Run ${runId} of DAG ${dagId} is gone from Airflow on cluster ${cluster}, and its tasks with it`,
    hint: 'The portal still has the run as it was stored, which says how it went but not what was in it',
  });
}

/** Airflow lists the run, but does not find it where it is asked for by name. */
export function unaddressableRun(
  cluster: string,
  dagId: string,
  runId: string,
): ProblemError {
  return new ProblemError({
    code: 'unsupported',
    cluster,
    field: 'runId',
    message: `Airflow on cluster ${cluster} lists run ${runId} of DAG ${dagId}, but does not find it by its id`,
    hint: 'Open the run in Airflow; something on the way may not let its id through',
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

export function unaddressableXCom(
  cluster: string,
  ref: { runId: string; taskId: string },
  key: string,
  webUrl: string,
): ProblemError {
  return new ProblemError({
    code: 'unsupported',
    cluster,
    field: 'key',
    message: `Task ${ref.taskId} of run ${ref.runId} on cluster ${cluster} left an XCom ${key}, but Airflow cannot address this key`,
    hint: `Look at it in Airflow itself: ${webUrl}`,
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
