import type { ClearedTask } from '@airflow-fleet/backstage-plugin-airflow-common/contract';

/** Each task instance once, though it comes before or after several of those that were named. */
export function distinct(items: readonly ClearedTask[]): ClearedTask[] {
  const seen = new Set<string>();
  return items.filter(({ taskId, mapIndex }) => {
    // Where Airflow 2 tells no map index, instances look alike.
    if (mapIndex === null) return true;
    const key = JSON.stringify([taskId, mapIndex]);
    return !seen.has(key) && Boolean(seen.add(key));
  });
}
