import type {
  TaskInstance,
  TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { ClearedTask } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { ClearMode } from './types';

const failures: ReadonlySet<TaskState> = new Set(['failed', 'upstream_failed']);

/**
 * Finds out which task instances Airflow 2 means, of which it tells the task alone: those of the run that match, when
 * they are as many as it told.
 */
export function identify(
  raw: readonly { taskId: string }[],
  instances: readonly TaskInstance[],
  { onlyFailed }: Pick<ClearMode, 'onlyFailed'>,
): ClearedTask[] {
  const counts = new Map<string, number>();
  for (const { taskId } of raw) {
    counts.set(taskId, (counts.get(taskId) ?? 0) + 1);
  }
  return [...counts].flatMap(([taskId, count]): ClearedTask[] => {
    const own = instances.filter(
      task =>
        task.taskId === taskId && (!onlyFailed || failures.has(task.state)),
    );
    return own.length === count
      ? own.map(({ mapIndex, state }) => ({ taskId, mapIndex, state }))
      : Array.from({ length: count }, () => ({
          taskId,
          mapIndex: null,
          state: null,
        }));
  });
}
