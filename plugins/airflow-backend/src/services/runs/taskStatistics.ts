import type {
  TaskInstance,
  TaskStatistics,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** How each task went, by its id. What has not begun counts for nothing. */
export function taskStatistics(
  instances: Iterable<TaskInstance>,
): TaskStatistics[] {
  const byTask = new Map<string, TaskInstance[]>();
  for (const instance of instances) {
    if (instance.startedAt === null) continue;
    const own = byTask.get(instance.taskId) ?? [];
    own.push(instance);
    byTask.set(instance.taskId, own);
  }
  return [...byTask]
    .map(([taskId, own]) => statisticsOf(taskId, own))
    .sort((a, b) => (a.taskId < b.taskId ? -1 : 1));
}

function statisticsOf(
  taskId: string,
  own: readonly TaskInstance[],
): TaskStatistics {
  const count = (is: (task: TaskInstance) => boolean) => own.filter(is).length;
  const tookMs = own.flatMap(({ state, durationMs }) =>
    state === 'success' && durationMs !== null ? [durationMs] : [],
  );
  const waitedMs = own.flatMap(({ queuedAt, startedAt }) => {
    if (queuedAt === null || startedAt === null) return [];
    const waited = Date.parse(startedAt) - Date.parse(queuedAt);
    // A task that was cleared keeps the start of its try before until it starts again.
    return waited >= 0 ? [waited] : [];
  });
  return {
    taskId,
    instances: own.length,
    success: count(({ state }) => state === 'success'),
    failed: count(({ state }) => state === 'failed'),
    retried: count(({ tryNumber }) => tryNumber > 1),
    medianMs: percentile(tookMs, 50),
    p95Ms: percentile(tookMs, 95),
    queuedMs: percentile(waitedMs, 50),
  };
}

/** The smallest value that so many of 100 do not exceed; null when there are none. */
function percentile(values: number[], of100: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.at(Math.ceil((sorted.length * of100) / 100) - 1) ?? null;
}
