import { v2Time } from '../../api/time';
import { DagDefinition } from '../../fleet/types';
import { ClusterSimulation } from '../../simulation/cluster';
import { DAY } from '../../simulation/cron';
import { uuidOf } from '../../simulation/random';
import { since } from './since';

export function v2DagVersion(
  cluster: ClusterSimulation,
  dag: DagDefinition,
  number: number,
) {
  return {
    id: uuidOf(`${cluster.name}/${dag.dagId}/v${number}`),
    version_number: number,
    dag_id: dag.dagId,
    bundle_name: 'dags-folder',
    bundle_version: null,
    created_at: v2Time(dag.startDate + (number - 1) * 7 * DAY),
    ...since(cluster, '3.1', { dag_display_name: dag.displayName }),
    bundle_url: null,
  };
}
