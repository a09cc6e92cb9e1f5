import { DagDefinition } from '../fleet/types';
import { ClusterSimulation } from '../simulation/cluster';
import { DAY } from '../simulation/cron';
import { hashText } from '../simulation/random';
import { RunFacts } from '../simulation/run';

/** A task that writes an asset. */
interface AssetProducer {
  dag: DagDefinition;
  taskId: string;
}

/** An asset (a dataset, in 2.x) with who writes it and who waits for it. */
export interface AssetFacts {
  id: number;
  uri: string;
  name: string;
  createdAt: number;
  producers: AssetProducer[];
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
  const get = (uri: string, { startDate }: DagDefinition) => {
    const known = assets.get(uri);
    if (known) return known;
    const asset: AssetFacts = {
      id: assets.size + 1,
      uri,
      name: uri,
      createdAt: startDate,
      producers: [],
      consumers: [],
    };
    assets.set(uri, asset);
    return asset;
  };
  for (const dag of cluster.dagBag.all()) {
    for (const { taskId, uri } of outletsOf(dag)) {
      get(uri, dag).producers.push({ dag, taskId });
    }
    const waitsFor = dag.schedule.kind === 'assets' ? dag.schedule.uris : [];
    for (const uri of waitsFor) get(uri, dag).consumers.push(dag);
  }
  return [...assets.values()];
}

function outletsOf(dag: DagDefinition) {
  return dag.tasks.flatMap(({ taskId, outlets = [] }) =>
    outlets.map(uri => ({ taskId, uri })),
  );
}

const EVENT_DAYS = 3;

/** Writings of assets in the last days by the producers that are meant, oldest first. */
export function assetEventsOf(
  cluster: ClusterSimulation,
  assets: readonly AssetFacts[],
  isMeant: (producer: AssetProducer) => boolean = () => true,
): AssetEventFacts[] {
  return assets
    .flatMap(asset =>
      asset.producers
        .filter(isMeant)
        .flatMap(producer => writingsBy(cluster, asset, producer)),
    )
    .sort((a, b) => a.at - b.at);
}

function writingsBy(
  cluster: ClusterSimulation,
  asset: AssetFacts,
  { dag, taskId }: AssetProducer,
): AssetEventFacts[] {
  const now = cluster.now();
  const events: AssetEventFacts[] = [];
  for (const ref of cluster.refs(dag, now - EVENT_DAYS * DAY, now)) {
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
  return events;
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
  const assets = assetsOf(cluster).filter(
    a => assetId === undefined || a.id === assetId,
  );
  return assetEventsOf(
    cluster,
    assets,
    p => (!dagId || p.dag.dagId === dagId) && (!taskId || p.taskId === taskId),
  ).filter(e => !runId || e.sourceRunId === runId);
}

/** The writings that a run was started by. */
export function assetEventsBehind(
  cluster: ClusterSimulation,
  run: RunFacts,
): AssetEventFacts[] {
  const { schedule } = run.dag;
  if (schedule.kind !== 'assets') return [];
  const assets = assetsOf(cluster).filter(a => schedule.uris.includes(a.uri));
  return assetEventsOf(cluster, assets).filter(e => e.at === run.runAfter);
}
