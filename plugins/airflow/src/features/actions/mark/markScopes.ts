import type { MarkTasksBody } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { ClearTask } from '../clear/scopes';

/** What is to be marked along with a task. */
export interface MarkScope {
  id: 'task' | 'downstream' | 'upstream';
  text: string;
  marking: Pick<MarkTasksBody, 'tasks' | 'upstream' | 'downstream'>;
}

/** How far a mark can reach, the least first. Airflow 2 marks a mapped task only by itself. */
export function markScopes(
  { taskId, mapIndex }: ClearTask,
  apiVersion: 'v1' | 'v2' | null,
): MarkScope[] {
  const isMapped = mapIndex === null || mapIndex >= 0;
  const name = nameOf({ taskId, mapIndex });
  const tasks = [{ taskId, mapIndex }];
  const alone: MarkScope = {
    id: 'task',
    text: `Only ${name}`,
    marking: { tasks, upstream: false, downstream: false },
  };
  if (isMapped && apiVersion === 'v1') return [alone];
  return [
    alone,
    {
      id: 'downstream',
      text: `${name} and everything downstream`,
      marking: { tasks, upstream: false, downstream: true },
    },
    {
      id: 'upstream',
      text: `${name} and everything upstream`,
      marking: { tasks, upstream: true, downstream: false },
    },
  ];
}

/** A task instance in words, or every instance of a task. */
export function nameOf({ taskId, mapIndex }: ClearTask): string {
  if (mapIndex === null) return `every instance of ${taskId}`;
  return mapIndex >= 0 ? `${taskId} [${mapIndex}]` : taskId;
}
