import type { RunRef, TaskInstanceRef } from '../call';
import { path } from '../http';

/** Where both versions have the runs of a DAG, or of all of them. */
export function runsPath(dagId: string | undefined): string {
  return dagId === undefined ? '/dags/~/dagRuns' : path`/dags/${dagId}/dagRuns`;
}

/** Where both versions have a run. */
export function runPath({ dagId, runId }: RunRef): string {
  return path`/dags/${dagId}/dagRuns/${runId}`;
}

/** Where both versions have a task of a run, whichever its instance. */
export function taskPath({
  dagId,
  runId,
  taskId,
}: Omit<TaskInstanceRef, 'mapIndex'>): string {
  return path`/dags/${dagId}/dagRuns/${runId}/taskInstances/${taskId}`;
}

/** Where both versions have a task instance. */
export function instancePath(ref: TaskInstanceRef): string {
  const { mapIndex } = ref;
  const task = taskPath(ref);
  return mapIndex < 0 ? task : `${task}${path`/${mapIndex}`}`;
}
