import { isUnderWay, taskStates, type TaskState } from './states';
import {
  countTaskStates,
  type TaskCounts,
  type TaskInstance,
} from './taskInstance';
import type { Instant } from './time';

/**
 * A task in one run, all its instances taken together. What is left out does not apply, because a grid has many
 * thousands of these.
 *
 * @public
 */
export type TaskSummary = {
  taskId: string;
  /** For a mapped task the state that matters most; see {@link leadingState}. */
  state: TaskState;
  /** Instances of a mapped task by state. */
  counts?: TaskCounts;
  /** The highest attempt, when there was more than one. */
  tryNumber?: number;
  /** True when somebody wrote a note on it. */
  hasNote?: true;
  /** When the first instance began. */
  startedAt?: Instant;
  /** When the last instance ended, once all have. */
  endedAt?: Instant;
};

/** From what asks most for a look to what asks least, as Airflow's own grid has it. */
const byWeight: readonly TaskState[] = [
  'failed',
  'upstream_failed',
  'up_for_retry',
  'up_for_reschedule',
  'awaiting_input',
  'queued',
  'scheduled',
  'deferred',
  'running',
  'restarting',
  'none',
  'unknown',
  'success',
  'skipped',
  'removed',
];

/**
 * The one state that stands for several: of a mapped task, of a task group. `none` when there is nothing.
 *
 * @public
 */
export function leadingState(states: Iterable<TaskState>): TaskState {
  const present = new Set(states);
  return byWeight.find(state => present.has(state)) ?? 'none';
}

/**
 * Takes the instances of each task of one run together.
 *
 * @public
 */
export function summariseTasks(
  instances: Iterable<TaskInstance>,
): TaskSummary[] {
  const byTask = new Map<string, TaskInstance[]>();
  for (const instance of instances) {
    const own = byTask.get(instance.taskId);
    if (own) own.push(instance);
    else byTask.set(instance.taskId, [instance]);
  }
  return [...byTask].map(([taskId, own]) => summarise(taskId, own));
}

function summarise(taskId: string, own: readonly TaskInstance[]): TaskSummary {
  const tryNumber = Math.max(...own.map(instance => instance.tryNumber));
  const starts = own.flatMap(({ startedAt }) => startedAt ?? []).sort();
  const ends = own
    .flatMap(({ endedAt, state }) =>
      endedAt === null || isUnderWay(state) ? [] : endedAt,
    )
    .sort();
  const [start] = starts;
  const end = ends[ends.length - 1];
  const isOver = ends.length === own.length && !(start && end < start);
  return {
    taskId,
    state: leadingState(own.map(({ state }) => state)),
    ...(own.some(({ mapIndex }) => mapIndex >= 0) && {
      counts: countTaskStates(own),
    }),
    ...(tryNumber > 1 && { tryNumber }),
    ...(own.some(({ note }) => note !== null) && { hasNote: true }),
    ...(start && { startedAt: start }),
    ...(isOver && { endedAt: end }),
  };
}

/**
 * Counts the instances of several tasks of one run by state.
 *
 * @public
 */
export function countSummarised(tasks: Iterable<TaskSummary>): TaskCounts {
  const total: TaskCounts = {};
  for (const { state, counts = { [state]: 1 } } of tasks) {
    for (const known of taskStates) {
      const count = counts[known];
      if (count !== undefined) total[known] = (total[known] ?? 0) + count;
    }
  }
  return total;
}
