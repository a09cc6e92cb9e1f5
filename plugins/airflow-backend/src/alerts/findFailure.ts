import type { TaskInstance } from '@airflow-fleet/backstage-plugin-airflow-common';
import { AirflowError, BusyError, type AirflowClient } from '../airflow';
import { taskLogs } from '../airflow/areas/taskLogs';
import { tasks } from '../airflow/areas/tasks';
import { ErrorExcerpt } from '../insights/errorExcerpt';
import type { MaskedFailure } from '../model/storedAlerts';

/** For one run; a slow Airflow is asked again later. */
const LONGEST_MS = 30_000;

/** The part of a client that failures are read through. */
export type FailureClient = Pick<AirflowClient, 'cluster' | 'read'>;

/** What came of looking into a failed run. */
export interface FailureFound {
  /** `unreadable` when that may be another when asked again. */
  state: 'found' | 'none' | 'unreadable';
  /** The first task that failed, as far as it is known. */
  failure: MaskedFailure | null;
  /** Why there is no error. */
  because: string | null;
}

/** Finds the first task that failed in a run, with the error in its log. Never throws for what Airflow does. */
export async function findFailure(
  client: FailureClient,
  dagId: string,
  runId: string,
): Promise<FailureFound> {
  const signal = AbortSignal.timeout(LONGEST_MS);
  let task: TaskInstance | undefined;
  try {
    task = await firstFailed(client, dagId, runId, signal);
  } catch (problem) {
    const because = `The tasks of the run: ${reason(problem, signal)}`;
    return { state: 'unreadable', failure: null, because };
  }
  return task
    ? readLog(client, task, runId, signal)
    : { state: 'none', failure: null, because: 'No task of the run failed' };
}

async function firstFailed(
  client: FailureClient,
  dagId: string,
  runId: string,
  signal: AbortSignal,
): Promise<TaskInstance | undefined> {
  let first: TaskInstance | undefined;
  const pages = client.read(tasks, area => area.ofRun({ dagId, runId }), {
    signal,
  });
  for await (const { items } of pages) {
    for (const task of items) {
      if (task.state === 'failed' && (!first || endedBefore(task, first))) {
        first = task;
      }
    }
  }
  return first;
}

/** Without its log the task is still worth naming, and so is what was read of the log before it broke off. */
async function readLog(
  client: FailureClient,
  task: TaskInstance,
  runId: string,
  signal: AbortSignal,
): Promise<FailureFound> {
  const { taskId, mapIndex, tryNumber } = task;
  const error = new ErrorExcerpt();
  let isEmpty = true;
  let brokeOff: string | null = null;
  try {
    const entries = client.read(taskLogs, area => area.read(task, tryNumber), {
      signal,
    });
    for await (const entry of entries) {
      isEmpty = false;
      error.add(entry);
    }
  } catch (problem) {
    brokeOff = `Its log: ${reason(problem, signal)}`;
  }
  const { exception, excerpt } = error.result();
  const failure = { runId, taskId, mapIndex, tryNumber, exception, excerpt };
  if (brokeOff) return { state: 'unreadable', failure, because: brokeOff };
  if (exception) return { state: 'found', failure, because: null };
  return isEmpty
    ? { state: 'unreadable', failure, because: 'Its log is empty' }
    : { state: 'none', failure, because: 'Its log tells of no error' };
}

function reason(problem: unknown, signal: AbortSignal): string {
  if (signal.aborted) {
    return `it did not come within ${LONGEST_MS / 1_000} seconds`;
  }
  if (problem instanceof AirflowError || problem instanceof BusyError) {
    return problem.message;
  }
  throw problem;
}

function endedBefore(a: TaskInstance, b: TaskInstance): boolean {
  const endOf = ({ endedAt }: TaskInstance) =>
    endedAt === null ? Infinity : Date.parse(endedAt);
  return endOf(a) < endOf(b);
}
