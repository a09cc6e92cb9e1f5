import { dagWarningsOf } from '../api/dagWarnings';
import { pageOf } from '../api/paging';
import { v1Time } from '../api/time';
import { PAGE, V1Context, V1Route } from './http';

function dagWarnings({ query, cluster }: V1Context) {
  const dagId = query.text('dag_id');
  const type = query.text('warning_type');
  query.order(['dag_id', 'warning_type', 'message', 'timestamp'], 'timestamp');
  const all = dagWarningsOf(cluster.simulation, dagId, type).map(w => ({
    dag_id: w.dagId,
    message: w.message,
    timestamp: v1Time(w.timestamp),
    warning_type: w.warningType,
  }));
  return { dag_warnings: pageOf(query, all), total_entries: all.length };
}

export const dagWarningRoutes: V1Route[] = [
  {
    method: 'get',
    path: '/dagWarnings',
    query: [...PAGE, 'order_by', 'dag_id', 'warning_type'],
    handle: dagWarnings,
  },
];
