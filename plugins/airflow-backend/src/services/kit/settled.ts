import type {
  TaskInstance,
  TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';

const settledStates: ReadonlySet<TaskState> = new Set([
  'success',
  'failed',
  'upstream_failed',
  'skipped',
  'removed',
]);

/** Whether nothing happens to a task instance any more by itself. */
export function isSettled({ state }: Pick<TaskInstance, 'state'>): boolean {
  return settledStates.has(state);
}
