import { auditEntriesFor } from '../api/audit';
import { pageOf } from '../api/paging';
import { v1Time } from '../api/time';
import { PAGE, V1Context, V1Route } from './http';

function eventLogs(context: V1Context) {
  const { query } = context;
  const { descending } = query.order(
    [
      'event_log_id',
      'when',
      'dag_id',
      'task_id',
      'run_id',
      'event',
      'execution_date',
      'owner',
      'extra',
    ],
    'event_log_id',
  );
  const all = auditEntriesFor(context.cluster.simulation, query).map(e => ({
    dag_id: e.dagId,
    event: e.event,
    event_log_id: e.id,
    execution_date: null,
    extra: e.extra,
    map_index: null,
    owner: e.owner,
    run_id: e.runId,
    task_id: e.taskId,
    try_number: null,
    when: v1Time(e.when),
  }));
  if (descending) all.reverse();
  return { event_logs: pageOf(query, all), total_entries: all.length };
}

export const eventLogRoutes: V1Route[] = [
  {
    method: 'get',
    path: '/eventLogs',
    restricted: true,
    query: [
      ...PAGE,
      'order_by',
      'dag_id',
      'task_id',
      'run_id',
      'map_index',
      'try_number',
      'event',
      'owner',
      'before',
      'after',
      'included_events',
      'excluded_events',
    ],
    handle: eventLogs,
  },
];
