import type { TaskInstance } from '@airflow-fleet/backstage-plugin-airflow-common';

function startOf({ startedAt }: TaskInstance): number {
  return startedAt === null ? Infinity : Date.parse(startedAt);
}

/** In the order in which they ran; what has not run comes last, by name. */
export function inRunOrder(tasks: readonly TaskInstance[]): TaskInstance[] {
  return [...tasks].sort((a, b) => {
    const [left, right] = [startOf(a), startOf(b)];
    if (left !== right) return left < right ? -1 : 1;
    if (a.taskId !== b.taskId) return a.taskId < b.taskId ? -1 : 1;
    return a.mapIndex - b.mapIndex;
  });
}

/** The task whose failure came first: where to look. */
export function firstFailure(
  tasks: readonly TaskInstance[],
): TaskInstance | undefined {
  const failed = tasks.filter(({ state }) => state === 'failed');
  const endOf = ({ endedAt }: TaskInstance) =>
    endedAt === null ? Infinity : Date.parse(endedAt);
  return failed.sort((a, b) => (endOf(a) < endOf(b) ? -1 : 1)).at(0);
}
