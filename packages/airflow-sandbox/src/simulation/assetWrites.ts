import { ClusterDefinition, DagDefinition } from '../fleet/types';
import { DAY } from './cron';
import { RunFacts, RunRef } from './run';

/** A cluster, as far as its runs write assets. */
export interface RunsOfCluster {
  readonly definition: ClusterDefinition;
  maxSpan(dag: DagDefinition): number;
  scheduledRefs(dag: DagDefinition, from: number, to: number): RunRef[];
  storedRefs(dag: DagDefinition, from: number, to: number): RunRef[];
  facts(ref: RunRef, now?: number): RunFacts;
}

/** When the asset that completes a DAG's asset schedule was written. */
export function assetWrites(
  cluster: RunsOfCluster,
  dag: DagDefinition,
  from: number,
  to: number,
): number[] {
  if (dag.schedule.kind !== 'assets') return [];
  const [uri] = dag.schedule.uris.slice(-1);
  const producer = cluster.definition.dags.find(d =>
    d.tasks.some(t => t.outlets?.includes(uri)),
  );
  if (!producer || producer === dag) return [];
  const writes: number[] = [];
  const refs = [
    ...cluster.scheduledRefs(producer, from - cluster.maxSpan(producer), to),
    ...cluster.storedRefs(producer, from - DAY, to),
  ];
  for (const ref of refs) {
    const run = cluster.facts(ref);
    const at = run.endAt;
    if (run.state !== 'success' || at === null) continue;
    if (at >= from && at < to) writes.push(at);
  }
  return writes.sort((a, b) => a - b);
}
