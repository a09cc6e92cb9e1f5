import type {
  DagStructure,
  TaskSummary,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { RunTasks } from '../../data/useGrid';

/**
 * The tasks that a run took as long for as it did, from the first to the last: the one that ended last, before it the
 * one of those it waited for that ended last, and so on. Empty while nothing has ended.
 */
export function criticalPath(
  { tasks }: DagStructure,
  summaries: RunTasks,
): string[] {
  const upstream = new Map(tasks.map(task => [task.taskId, task.upstream]));
  const lastOf = (ids: readonly string[]) =>
    ids
      .flatMap(id => summaries.get(id) ?? [])
      .filter(({ startedAt, endedAt }) => startedAt && endedAt)
      .reduce<TaskSummary | undefined>(
        (last, one) => (last && endOf(last) >= endOf(one) ? last : one),
        undefined,
      );
  const path: string[] = [];
  for (
    let last = lastOf([...upstream.keys()]);
    last && !path.includes(last.taskId);
    last = lastOf(upstream.get(last.taskId) ?? [])
  ) {
    path.unshift(last.taskId);
  }
  return path;
}

function endOf({ endedAt }: TaskSummary): number {
  return endedAt ? Date.parse(endedAt) : 0;
}
