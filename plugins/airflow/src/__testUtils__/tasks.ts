import type {
  DagStructure,
  DagTask,
  TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';

const FIRST = Date.parse('2026-11-23T02:00:00.000Z');

/** Milliseconds after the first moment of the tests. */
export const momentAt = (ms: number) => new Date(FIRST + ms).toISOString();

/** A task of a DAG, below those that are named. */
export function taskOf(
  taskId: string,
  upstream: string[] = [],
  more: Partial<DagTask> = {},
): DagTask {
  return {
    taskId,
    label: taskId,
    groupId: null,
    operator: 'PythonOperator',
    isMapped: false,
    triggerRule: 'all_success',
    upstream,
    downstream: [],
    ...more,
  };
}

/** With each task's `downstream` from the others' `upstream`. */
export function structureOf(
  tasks: DagTask[],
  groups: DagStructure['groups'] = [],
): DagStructure {
  const after = (id: string) =>
    tasks
      .filter(({ upstream }) => upstream.includes(id))
      .map(({ taskId }) => taskId);
  return {
    tasks: tasks.map(task => ({ ...task, downstream: after(task.taskId) })),
    groups,
  };
}

/** A task instance that took five seconds, changed where a test cares. */
export function instanceOf(
  taskId: string,
  more: Partial<TaskInstance> = {},
): TaskInstance {
  return {
    dagId: 'load_orders',
    runId: 'run-1',
    taskId,
    mapIndex: -1,
    displayName: taskId,
    mapLabel: null,
    state: 'success',
    tryNumber: 1,
    maxTries: 2,
    operator: 'PythonOperator',
    pool: null,
    queue: null,
    hostname: null,
    queuedAt: momentAt(0),
    startedAt: momentAt(1_000),
    endedAt: momentAt(6_000),
    durationMs: 5_000,
    note: null,
    ...more,
  };
}

/** What the page of a task instance is told of it. */
export function triesOf(
  instance: TaskInstance,
  items: readonly TaskInstance[] = [],
) {
  return { instance, items, webUrl: 'http://airflow.example' };
}
