import type { TaskState } from './states';
import type { Instant } from './time';

/**
 * A task instance. `mapIndex` is -1 when the task is not mapped.
 *
 * @public
 */
export type TaskInstance = {
  dagId: string;
  runId: string;
  taskId: string;
  mapIndex: number;
  displayName: string;
  /** What the author calls this mapped instance, when set. */
  mapLabel: string | null;
  state: TaskState;
  /** 0 when it never started. */
  tryNumber: number;
  maxTries: number;
  operator: string | null;
  pool: string | null;
  queue: string | null;
  hostname: string | null;
  queuedAt: Instant | null;
  startedAt: Instant | null;
  endedAt: Instant | null;
  durationMs: number | null;
  note: string | null;
};

/**
 * One attempt of a task instance.
 *
 * @public
 */
export type TaskTry = Pick<
  TaskInstance,
  'tryNumber' | 'state' | 'startedAt' | 'endedAt' | 'durationMs' | 'hostname'
>;

/**
 * How many task instances of a run are in each state; states with none are left out.
 *
 * @public
 */
export type TaskCounts = { [state in TaskState]?: number };

/**
 * Counts task instances by state.
 *
 * @public
 */
export function countTaskStates(
  instances: Iterable<Pick<TaskInstance, 'state'>>,
): TaskCounts {
  const counts: TaskCounts = {};
  for (const { state } of instances) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
