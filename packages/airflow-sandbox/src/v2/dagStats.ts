import { runCounts } from '../api/runCounts';
import { V2Context, V2Route } from './route';

function dagStats(context: V2Context) {
  const { simulation, runs } = context.cluster;
  const dags = simulation.dagBag.among(context.query.list('dag_ids'));
  const all = dags.map(dag => ({
    dag_id: dag.dagId,
    ...(simulation.isAtLeast('3.1')
      ? { dag_display_name: dag.displayName }
      : {}),
    stats: runCounts(runs, dag).map(([state, count]) => ({ state, count })),
  }));
  return { dags: all, total_entries: all.length };
}

export const dagStatsRoutes: V2Route[] = [
  { method: 'get', path: '/dagStats', handle: dagStats },
];
