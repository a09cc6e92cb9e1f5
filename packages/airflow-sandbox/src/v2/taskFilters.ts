import { TaskFilter, TaskSortKey } from '../simulation/taskQuery';
import { ApiError } from './errors';
import { V2Context } from './route';

/** What task instances can be ordered by. */
export const SORTS: Record<string, TaskSortKey> = {
  id: 'id',
  state: 'state',
  duration: 'duration',
  start_date: 'start_date',
  end_date: 'end_date',
  map_index: 'map_index',
  try_number: 'try_number',
  logical_date: 'logical_date',
  run_after: 'run_after',
  data_interval_start: 'logical_date',
  data_interval_end: 'run_after',
  rendered_map_index: 'map_index',
  operator: 'operator',
};

const STATES = new Set([
  'removed',
  'scheduled',
  'queued',
  'running',
  'success',
  'restarting',
  'failed',
  'up_for_retry',
  'up_for_reschedule',
  'upstream_failed',
  'skipped',
  'deferred',
  'awaiting_input',
]);

export function statesOf(states: readonly (string | null)[] | undefined) {
  const wrong = states?.find(
    s => s !== null && s !== 'none' && s !== 'no_status' && !STATES.has(s),
  );
  if (wrong !== undefined) {
    throw new ApiError(
      422,
      `Invalid value for state. Valid values are ${[...STATES].join(', ')}`,
    );
  }
  return (
    states &&
    new Set(states.map(s => (s === 'none' || s === 'no_status' ? null : s)))
  );
}

export function filterOf(context: V2Context): TaskFilter {
  const { query, cluster } = context;
  const newer = cluster.simulation.isAtLeast('3.1');
  const taskId = query.text('task_id');
  const byName = query.pattern('task_display_name');
  const group = newer ? query.text('task_group_id') : undefined;
  const dagId = cluster.simulation.isAtLeast('3.2')
    ? query.pattern('dag_id')
    : undefined;
  const runId = cluster.simulation.isAtLeast('3.2')
    ? query.pattern('run_id')
    : undefined;
  const executors = query.list('executor');
  return {
    taskIds: taskId === undefined ? undefined : [taskId],
    states: statesOf(query.list('state')),
    pools: query.list('pool'),
    queues: query.list('queue'),
    operators: newer ? query.list('operator') : undefined,
    mapIndexes: newer ? query.integers('map_index') : undefined,
    tryNumbers: newer ? query.integers('try_number') : undefined,
    startDate: query.range('start_date'),
    endDate: query.range('end_date'),
    updatedAt: query.range('updated_at'),
    duration: query.numberRange('duration'),
    where: ({ run, task }) => {
      const { taskId: id, displayName } = task.planned.task;
      return (
        !executors &&
        (!byName || byName(displayName ?? id)) &&
        (!group || id.startsWith(`${group}.`)) &&
        (!dagId || dagId(run.dag.dagId)) &&
        (!runId || runId(run.runId))
      );
    },
  };
}
