import type {
  Presence,
  TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { AirflowDag, AirflowRun } from '../airflow';
import type { ReadScope } from '../store';

/** A DAG as a client gives it. */
export function aDag(
  dagId: string,
  overrides: Partial<AirflowDag> = {},
): AirflowDag {
  return {
    dagId,
    displayName: dagId,
    description: null,
    paused: false,
    hasImportErrors: false,
    stale: false,
    tags: [],
    owners: ['airflow'],
    schedule: { kind: 'none', expression: null, description: null },
    nextRunAt: null,
    nextRun: { logicalDate: null, dueAt: null },
    fileLocation: null,
    lastParsedAt: null,
    maxActiveRuns: null,
    ...overrides,
  };
}

/** A moment of November 2026. */
export function day(date: number, hour = 0): string {
  return new Date(Date.UTC(2026, 10, date, hour)).toISOString();
}

/** What a run has while it is under way. */
export const running = {
  state: 'running',
  endedAt: null,
  durationMs: null,
} as const;

/** That DAGs vanished, as the store keeps it. */
export function vanished(
  since: string,
  ...dagIds: string[]
): Map<string, Presence> {
  return new Map(
    dagIds.map((dagId): [string, Presence] => [
      dagId,
      { state: 'vanished', since, reason: 'Airflow finds it in no file' },
    ]),
  );
}

/** A successful run of five minutes as a client gives it. */
export function aRun(
  dagId: string,
  runAfter: string,
  overrides: Partial<AirflowRun> = {},
): AirflowRun {
  const endedAt = new Date(Date.parse(runAfter) + 300_000).toISOString();
  return {
    dagId,
    runId: `scheduled__${runAfter}`,
    state: 'success',
    type: 'scheduled',
    logicalDate: runAfter,
    runAfter,
    dueAt: runAfter,
    queuedAt: runAfter,
    startedAt: runAfter,
    endedAt,
    durationMs: 300_000,
    triggeredBy: null,
    triggeringUser: null,
    note: null,
    ...overrides,
  };
}

/** A task of which nothing is known but that it succeeded, as a client gives it. */
export function aTask(
  taskId: string,
  overrides: Partial<TaskInstance> = {},
): TaskInstance {
  return {
    dagId: 'load_orders',
    runId: 'nightly',
    taskId,
    mapIndex: -1,
    displayName: taskId,
    mapLabel: null,
    state: 'success',
    tryNumber: 1,
    maxTries: 0,
    operator: null,
    pool: null,
    queue: null,
    hostname: null,
    queuedAt: null,
    startedAt: null,
    endedAt: null,
    durationMs: null,
    note: null,
    ...overrides,
  };
}

/** A reader who may see these clusters, all of environment `production` but for those named `staging…`. */
export function aScope(...names: string[]): ReadScope {
  return {
    clusters: names.map(name => ({
      name,
      environment: name.startsWith('staging') ? 'staging' : 'production',
    })),
  };
}
