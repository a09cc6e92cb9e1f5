import { AssetEventFacts, AssetFacts } from '../../api/assets';
import { v2Time } from '../../api/time';
import { ClusterSimulation } from '../../simulation/cluster';
import { since } from './since';

export function v2Asset(
  cluster: ClusterSimulation,
  asset: AssetFacts,
  last: AssetEventFacts | undefined,
) {
  const created_at = v2Time(asset.createdAt);
  const times = { created_at, updated_at: created_at };
  const consumers = asset.consumers.map(d => ({ dag_id: d.dagId, ...times }));
  return {
    id: asset.id,
    name: asset.name,
    uri: asset.uri,
    group: 'asset',
    extra: {},
    ...times,
    ...(cluster.isAtLeast('3.1')
      ? {
          scheduled_dags: consumers,
          consuming_tasks: [],
          last_asset_event: last
            ? { id: last.id, timestamp: v2Time(last.at) }
            : { id: null, timestamp: null },
        }
      : { consuming_dags: consumers }),
    producing_tasks: asset.producers.map(p => ({
      dag_id: p.dag.dagId,
      task_id: p.taskId,
      ...times,
    })),
    aliases: [],
    ...since(cluster, '3.2', { watchers: [] }),
  };
}

export function v2AssetEvent(event: AssetEventFacts) {
  return {
    id: event.id,
    asset_id: event.asset.id,
    uri: event.asset.uri,
    name: event.asset.name,
    group: 'asset',
    extra: {},
    source_task_id: event.sourceTaskId,
    source_dag_id: event.sourceDagId,
    source_run_id: event.sourceRunId,
    source_map_index: -1,
    created_dagruns: [],
    timestamp: v2Time(event.at),
    partition_key: null,
  };
}
