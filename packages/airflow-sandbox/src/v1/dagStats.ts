import { runCounts } from '../api/runCounts';
import { specError, V1Context, V1Route } from './http';

function dagStats(context: V1Context) {
  const ids = context.query.list('dag_ids');
  if (!ids) throw specError("Missing query parameter 'dag_ids'");
  const { simulation, runs } = context.cluster;
  const stats = simulation.dagBag.among(ids).map(dag => ({
    dag_id: dag.dagId,
    stats: runCounts(runs, dag).map(([state, count]) => ({ count, state })),
  }));
  return { dags: stats, total_entries: stats.length };
}

export const dagStatsRoutes: V1Route[] = [
  { method: 'get', path: '/dagStats', query: ['dag_ids'], handle: dagStats },
];
