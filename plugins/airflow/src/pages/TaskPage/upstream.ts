import type {
  DagStructure,
  TaskState,
  TaskSummary,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { RunTasks } from '../../data/useGrid';

const done: ReadonlySet<TaskState> = new Set([
  'success',
  'failed',
  'upstream_failed',
  'skipped',
  'removed',
]);

/** What a task waits for. */
export interface Blockers {
  /** Of the tasks right above it, those that have not ended. */
  direct: TaskSummary[];
  /** Of all tasks above it, those that have not ended although nothing above them is in the way. */
  active: TaskSummary[];
}

/** Finds what is in the way of a task. A task of which Airflow tells nothing has not begun. */
export function blockersOf(
  taskId: string,
  structure: DagStructure,
  tasks: RunTasks,
): Blockers {
  const above = new Map(
    structure.tasks.map(task => [task.taskId, task.upstream]),
  );
  const summaryOf = (id: string): TaskSummary =>
    tasks.get(id) ?? { taskId: id, state: 'none' };
  const openAbove = (id: string) =>
    (above.get(id) ?? [])
      .map(summaryOf)
      .filter(({ state }) => !done.has(state));

  const active = new Map<string, TaskSummary>();
  const seen = new Set<string>();
  const walk = (id: string) => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const one of openAbove(id)) {
      if (openAbove(one.taskId).length === 0) active.set(one.taskId, one);
      else walk(one.taskId);
    }
  };
  walk(taskId);
  return { direct: openAbove(taskId), active: [...active.values()] };
}
