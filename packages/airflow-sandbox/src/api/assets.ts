import { DagDefinition } from '../fleet/types';
import { ClusterSimulation } from '../simulation/cluster';
import { hashText } from '../simulation/random';
import { RunFacts } from '../simulation/run';

/** An asset (a dataset, in 2.x) with who writes it and who waits for it. */
export interface AssetFacts {
  id: number;
  uri: string;
  name: string;
  createdAt: number;
  producers: Array<{ dag: DagDefinition; taskId: string }>;
  consumers: DagDefinition[];
}

/** One writing of an asset. */
export interface AssetEventFacts {
  id: number;
  asset: AssetFacts;
  at: number;
  sourceDagId: string;
  sourceTaskId: string;
  sourceRunId: string;
}

/** Every asset that a DAG of the cluster writes or waits for. */
export function assetsOf(cluster: ClusterSimulation): AssetFacts[] {
  const assets = new Map<string, AssetFacts>();
  const get = (uri: string, dag: DagDefinition) => {
    let asset = assets.get(uri);
    if (!asset) {
      asset = {
        id: assets.size + 1,
        uri,
        name: uri,
        createdAt: dag.startDate,
        producers: [],
        consumers: [],
      };
      assets.set(uri, asset);
    }
    return asset;
  };
  for (const dag of cluster.dagBag.all()) {
    for (const task of dag.tasks) {
      for (const uri of task.outlets ?? []) {
        get(uri, dag).producers.push({ dag, taskId: task.taskId });
      }
    }
    if (dag.schedule.kind === 'assets') {
      for (const uri of dag.schedule.uris) get(uri, dag).consumers.push(dag);
    }
  }
  return [...assets.values()];
}

const EVENT_DAYS = 3;

/** Writings of the last days, oldest first. */
export function assetEventsOf(cluster: ClusterSimulation): AssetEventFacts[] {
  const now = cluster.now();
  const events: AssetEventFacts[] = [];
  for (const asset of assetsOf(cluster)) {
    for (const { dag, taskId } of asset.producers) {
      const from = now - EVENT_DAYS * 86_400_000;
      for (const ref of cluster.refs(dag, from, now)) {
        const run = cluster.facts(ref);
        if (run.state !== 'success' || run.endAt === null) continue;
        events.push({
          id: hashText(`${asset.uri}${run.runId}`) % 1_000_000,
          asset,
          at: run.endAt,
          sourceDagId: dag.dagId,
          sourceTaskId: taskId,
          sourceRunId: run.runId,
        });
      }
    }
  }
  return events.sort((a, b) => a.at - b.at);
}

/** Whether one of the DAGs writes the asset or waits for it. */
export function concernsDags(
  asset: AssetFacts,
  dagIds: readonly string[],
): boolean {
  return (
    asset.producers.some(p => dagIds.includes(p.dag.dagId)) ||
    asset.consumers.some(d => dagIds.includes(d.dagId))
  );
}

/** Writings of one asset, if its id is given, from the source in the query. */
export function assetEventsFrom(
  cluster: ClusterSimulation,
  query: { text(name: string): string | undefined },
  assetId: number | undefined,
): AssetEventFacts[] {
  const dagId = query.text('source_dag_id');
  const taskId = query.text('source_task_id');
  const runId = query.text('source_run_id');
  return assetEventsOf(cluster).filter(
    e =>
      (assetId === undefined || e.asset.id === assetId) &&
      (!dagId || e.sourceDagId === dagId) &&
      (!taskId || e.sourceTaskId === taskId) &&
      (!runId || e.sourceRunId === runId),
  );
}

/** The writings that a run was started by. */
export function assetEventsBehind(
  cluster: ClusterSimulation,
  run: RunFacts,
): AssetEventFacts[] {
  const { schedule } = run.dag;
  if (schedule.kind !== 'assets') return [];
  return assetEventsOf(cluster).filter(
    e => schedule.uris.includes(e.asset.uri) && e.at === run.runAfter,
  );
}
