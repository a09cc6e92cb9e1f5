/**
 * States of a DAG run, as Airflow names them, plus `unknown` for what a newer Airflow may add.
 *
 * @public
 */
export const dagRunStates = [
  'queued',
  'running',
  'success',
  'failed',
  'unknown',
] as const;

/**
 * The state of a run; see {@link dagRunStates}.
 *
 * @public
 */
export type DagRunState = (typeof dagRunStates)[number];

/**
 * States of a task instance, as Airflow names them. `none` is Airflow's null (not yet scheduled);
 * `unknown` stands for what a newer Airflow may add.
 *
 * @public
 */
export const taskStates = [
  'none',
  'scheduled',
  'queued',
  'running',
  'success',
  'failed',
  'upstream_failed',
  'up_for_retry',
  'up_for_reschedule',
  'deferred',
  'awaiting_input',
  'restarting',
  'skipped',
  'removed',
  'unknown',
] as const;

/**
 * The state of a task instance; see {@link taskStates}.
 *
 * @public
 */
export type TaskState = (typeof taskStates)[number];

const underWay: ReadonlySet<TaskState> = new Set([
  'scheduled',
  'queued',
  'running',
  'up_for_retry',
  'up_for_reschedule',
  'deferred',
  'awaiting_input',
  'restarting',
]);

/**
 * True while Airflow is about to do something with a task instance, whatever became of its run.
 *
 * @public
 */
export function isUnderWay(state: TaskState): boolean {
  return underWay.has(state);
}

/**
 * How a run came to be, in the words of Airflow 3 (`dataset_triggered` of 2.x reads as `asset_triggered`).
 *
 * @public
 */
export const dagRunTypes = [
  'scheduled',
  'manual',
  'backfill',
  'asset_triggered',
  'asset_materialization',
  'operator_triggered',
  'unknown',
] as const;

/**
 * How a run came to be; see {@link dagRunTypes}.
 *
 * @public
 */
export type DagRunType = (typeof dagRunTypes)[number];

/**
 * True while a run may still change without anybody acting on it.
 *
 * @public
 */
export function isUnfinished(state: DagRunState): boolean {
  return state === 'queued' || state === 'running' || state === 'unknown';
}
