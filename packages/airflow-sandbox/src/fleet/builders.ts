import { DAY } from '../simulation/cron';
import { simpleError } from './errors';
import {
  DagDefinition,
  PoolDefinition,
  Schedule,
  TaskDefinition,
} from './types';

const HISTORY_DAYS = 90;

/** A plain Python task; everything else is said by `more`. */
export function task(
  taskId: string,
  upstream: string[] = [],
  more: Partial<TaskDefinition> = {},
): TaskDefinition {
  return {
    taskId,
    operator: '_PythonDecoratedOperator',
    module: 'airflow.decorators.python',
    upstream,
    seconds: 20,
    retries: 1,
    pool: 'default_pool',
    queue: 'default',
    triggerRule: 'all_success',
    ...more,
  };
}

/** Tasks one after the other. */
export function chain(
  ids: string[],
  more: Partial<TaskDefinition> = {},
): TaskDefinition[] {
  return ids.map((id, i) => task(id, i === 0 ? [] : [ids[i - 1]], more));
}

/** A cron in a zone, with Airflow's words for it. */
export function cron(
  expression: string,
  description: string,
  timezone = 'UTC',
): Schedule {
  return { kind: 'cron', expression, timezone, description };
}

export const BY_HAND: Schedule = { kind: 'none', manualPerDay: 0.6 };

/** A DAG of a team with the usual settings. */
export function dag(
  anchor: number,
  dagId: string,
  team: string,
  schedule: Schedule,
  tasks: TaskDefinition[],
  more: Partial<DagDefinition> = {},
): DagDefinition {
  const relativeFile = more.relativeFile ?? `${team}/${dagId}.py`;
  const midnight = Math.floor(anchor / DAY) * DAY;
  return {
    dagId,
    displayName: dagId,
    owners: [team],
    schedule,
    startDate: midnight - HISTORY_DAYS * DAY,
    maxActiveRuns: 16,
    params: {},
    tasks,
    failureRate: 0.01,
    retryRate: 0.03,
    error: simpleError(
      relativeFile,
      more.failingTask ?? tasks[0]?.taskId ?? 'main',
      'ValueError',
      'unexpected null in column "amount"',
    ),
    incidents: [],
    delays: [],
    slowdowns: [],
    ...more,
    tags: [`team:${team}`, ...(more.tags ?? [])],
    relativeFile,
  };
}

/** Airflow's own pool, and those that a company adds. */
export function pools(
  ...more: Array<[string, number, string]>
): PoolDefinition[] {
  return [
    {
      name: 'default_pool',
      slots: 128,
      description: 'Default pool',
      includeDeferred: false,
    },
    ...more.map(([name, slots, description]) => ({
      name,
      slots,
      description,
      includeDeferred: false,
    })),
  ];
}
