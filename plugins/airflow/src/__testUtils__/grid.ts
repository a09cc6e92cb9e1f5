import type {
  DagRun,
  DagStructure,
  DagTask,
  TaskInstance,
  TaskSummary,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Answers } from './fakeApi';
import { portal } from './portal';

const HOUR = 3_600_000;
const FIRST = Date.parse('2026-11-23T02:00:00.000Z');

export const momentAt = (ms: number) => new Date(FIRST + ms).toISOString();

/** The run of an hour, which took a minute. */
export function runAt(hour: number, more: Partial<DagRun> = {}): DagRun {
  const at = momentAt(hour * HOUR);
  return {
    cluster: 'prod-eu',
    dagId: 'load_orders',
    runId: `run-${hour}`,
    state: 'success',
    type: 'scheduled',
    logicalDate: at,
    runAfter: at,
    dueAt: at,
    queuedAt: at,
    startedAt: at,
    endedAt: momentAt(hour * HOUR + 60_000),
    durationMs: 60_000,
    triggeredBy: null,
    triggeringUser: null,
    note: null,
    ...more,
  };
}

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

const dag = {
  cluster: 'prod-eu',
  dagId: 'load_orders',
  displayName: 'load_orders',
  description: null,
  paused: false,
  hasImportErrors: false,
  tags: [],
  owners: [],
  owner: null,
  schedule: { kind: 'none', expression: null, description: null },
  nextRunAt: null,
  fileLocation: null,
  lastParsedAt: null,
  maxActiveRuns: null,
  readAt: momentAt(0),
  goneAt: null,
  webUrl: 'http://airflow.example',
  zone: null,
  recentRuns: [],
  successRate: null,
  usualDurationMs: null,
};

const details = {
  conf: {},
  dataIntervalStart: null,
  dataIntervalEnd: null,
  webUrl: 'http://airflow.example',
  stale: false,
  usualDurationMs: null,
};

/** The page of the DAG, or of its newest run, at a tab. */
export function gridPortal(
  given: {
    structure: DagStructure;
    /** Newest first. */
    runs: DagRun[];
    summaries?: (runId: string) => TaskSummary[];
    instances?: TaskInstance[];
    tries?: (taskId: string) => TaskInstance[];
  },
  address: string,
  answers: Answers = {},
) {
  const { structure, runs, summaries = () => [], instances = [] } = given;
  const runIds = ({ runId }: Record<string, unknown>) =>
    [runId].flat().map(id => String(id));
  return portal(`/airflow/clusters/prod-eu/dags/load_orders${address}`, {
    getDag: () => dag,
    getRun: () => ({ ...runs[0], ...details }),
    listClusters: () => ({ items: [] }),
    getDagStructure: () => structure,
    getDagDetails: () => ({
      docMd: null,
      params: [],
      startDate: null,
      endDate: null,
      catchup: null,
      maxActiveTasks: null,
      runTimeoutSeconds: null,
    }),
    listRuns: ({ query }) => ({
      items: runs.slice(0, Number(query.limit)),
      nextCursor: null,
      total: runs.length,
      coverage: [],
    }),
    listTaskSummaries: ({ query }) => ({
      items: runIds(query).map(runId => ({ runId, tasks: summaries(runId) })),
    }),
    listTaskInstances: () => ({ items: instances, skippedRows: 0 }),
    listTaskTries: ({ params: { taskId } }) => ({
      instance: instanceOf(String(taskId)),
      items: given.tries?.(String(taskId)) ?? [],
      webUrl: 'http://airflow.example',
    }),
    ...answers,
  });
}

/** A browser window's size, which jsdom lacks, so that what is in view is drawn. */
export function giveSize(width: number, height: number): void {
  jest.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(width);
  jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(height);
}
