import { auditEntriesFor } from '../api/audit';
import { v2Time } from '../api/time';
import { V2Context, V2Route } from './route';
import { collection } from './paging';

function eventLogs(context: V2Context) {
  const { query, cluster } = context;
  const newer = cluster.simulation.isAtLeast('3.1');
  const matches = (name: string, value: string | null) => {
    const pattern = newer ? query.pattern(name) : undefined;
    return !pattern || (value !== null && pattern(value));
  };
  const rows = auditEntriesFor(cluster.simulation, query)
    .filter(
      e =>
        matches('dag_id', e.dagId) &&
        matches('task_id', e.taskId) &&
        matches('run_id', e.runId) &&
        matches('event', e.event) &&
        matches('owner', e.owner),
    )
    .map(e => ({
      event_log_id: e.id,
      when: v2Time(e.when),
      dag_id: e.dagId,
      task_id: e.taskId,
      run_id: e.runId,
      map_index: null,
      try_number: null,
      event: e.event,
      logical_date: null,
      owner: e.owner,
      extra: e.extra,
      ...(newer
        ? { dag_display_name: e.dagId, task_display_name: e.taskId }
        : {}),
    }));
  return collection(context, 'event_logs', rows, [
    'id',
    'when',
    'dttm',
    'dag_id',
    'task_id',
    'run_id',
    'event',
    'logical_date',
    'owner',
    'extra',
  ]);
}

export const eventLogRoutes: V2Route[] = [
  { method: 'get', path: '/eventLogs', handle: eventLogs },
];
