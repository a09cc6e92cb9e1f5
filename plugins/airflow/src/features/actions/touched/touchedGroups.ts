import {
  taskStates,
  type TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { ClearedTask } from '@airflow-fleet/backstage-plugin-airflow-common/contract';

/** Task instances in one state; null where Airflow does not tell it. */
export interface TouchedGroup {
  state: TaskState | null;
  /** How many there are, those included that are not named. */
  count: number;
  names: string[];
}

function nameOf({ taskId, mapIndex }: ClearedTask): string {
  return mapIndex === null || mapIndex < 0 ? taskId : `${taskId} [${mapIndex}]`;
}

/** By state, what failed first; no more than `limit` of them are named. */
export function touchedGroups(
  items: readonly ClearedTask[],
  limit: number,
): TouchedGroup[] {
  const order: (TaskState | null)[] = [
    'failed',
    'upstream_failed',
    ...taskStates.filter(
      state => state !== 'failed' && state !== 'upstream_failed',
    ),
    null,
  ];
  let left = limit;
  return order.flatMap(state => {
    const own = items.filter(item => item.state === state);
    if (own.length === 0) return [];
    const names = own.slice(0, left).map(nameOf);
    left -= names.length;
    return [{ state, count: own.length, names }];
  });
}

/** `1 task instance`, `4 task instances`. */
export function countText(count: number): string {
  return count === 1 ? '1 task instance' : `${count} task instances`;
}
