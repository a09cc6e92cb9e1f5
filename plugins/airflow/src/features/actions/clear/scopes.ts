import type { ClearBody } from '@airflow-fleet/backstage-plugin-airflow-common/contract';

/** What is to be cleared of a run. */
type Clearing = Pick<ClearBody, 'tasks' | 'downstream' | 'onlyFailed'>;

/**
 * The task that a clear starts from; `mapIndex` -1 stands for a task that is not mapped, null for every instance of a
 * mapped one.
 */
export interface ClearTask {
  taskId: string;
  mapIndex: number | null;
}

/** How much of a run is to be cleared. */
export interface ClearScope {
  id: 'downstream' | 'task' | 'failed' | 'run';
  text: string;
  clearing: Clearing;
}

/** Airflow 2 clears a mapped task only as a whole. */
function selected(
  task: ClearTask,
  apiVersion: 'v1' | 'v2' | null,
): { tasks: NonNullable<ClearBody['tasks']>; name: string } {
  const { taskId, mapIndex } = task;
  const tasks = [{ taskId, mapIndex }];
  if (mapIndex === -1) return { tasks, name: taskId };
  return mapIndex === null || apiVersion === 'v1'
    ? {
        tasks: [{ taskId, mapIndex: null }],
        name: `every instance of ${taskId}`,
      }
    : { tasks, name: `${taskId} [${mapIndex}]` };
}

/** What can be cleared of a run, the usual choice first. */
export function scopesOf(
  task: ClearTask | undefined,
  apiVersion: 'v1' | 'v2' | null,
): ClearScope[] {
  const ofRun: ClearScope[] = [
    {
      id: 'failed',
      text: 'Only what failed',
      clearing: { downstream: false, onlyFailed: true },
    },
    {
      id: 'run',
      text: 'The whole run',
      clearing: { downstream: false, onlyFailed: false },
    },
  ];
  if (!task) return ofRun;
  const { tasks, name } = selected(task, apiVersion);
  return [
    {
      id: 'downstream',
      text: `From here: ${name} and everything downstream`,
      clearing: { tasks, downstream: true, onlyFailed: false },
    },
    {
      id: 'task',
      text: `Only ${name}`,
      clearing: { tasks, downstream: false, onlyFailed: false },
    },
    ...ofRun,
  ];
}
