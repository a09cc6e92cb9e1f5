import { ClusterDefinition, DagDefinition } from '../fleet/types';
import { DAY } from './cron';
import { RunFacts, RunRef } from './run';

/** A cluster, as far as its runs write assets. */
export interface RunsOfCluster {
  readonly definition: ClusterDefinition;
  readonly overlay: { readonly revision: number };
  maxSpan(dag: DagDefinition): number;
  scheduledRefs(dag: DagDefinition, from: number, to: number): RunRef[];
  storedRefs(dag: DagDefinition, from: number, to: number): RunRef[];
  facts(ref: RunRef, now?: number): RunFacts;
}

/** The runs that write what DAGs are scheduled by. */
export class AssetWriters {
  /** When runs that are over wrote, null where they did not, until somebody acts on any. */
  private readonly known = new Map<string, number | null>();
  private revision = 0;

  constructor(private readonly cluster: RunsOfCluster) {}

  /** When the asset that completes a DAG's asset schedule was written. */
  writesFor(dag: DagDefinition, from: number, to: number): number[] {
    if (dag.schedule.kind !== 'assets') return [];
    const { cluster } = this;
    const [uri] = dag.schedule.uris.slice(-1);
    const producer = cluster.definition.dags.find(d =>
      d.tasks.some(t => t.outlets?.includes(uri)),
    );
    if (!producer || producer === dag) return [];
    const refs = [
      ...cluster.scheduledRefs(producer, from - cluster.maxSpan(producer), to),
      ...cluster.storedRefs(producer, from - DAY, to),
    ];
    return refs
      .flatMap(ref => this.writeOf(ref) ?? [])
      .filter(at => at >= from && at < to)
      .sort((a, b) => a - b);
  }

  private writeOf(ref: RunRef): number | null {
    const { revision } = this.cluster.overlay;
    if (this.revision !== revision) this.known.clear();
    this.revision = revision;
    const key = `${ref.dag.dagId} ${ref.stored?.runId ?? ref.runAfter}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const { state, endAt } = this.cluster.facts(ref);
    const at = state === 'success' ? endAt : null;
    if (endAt !== null) this.known.set(key, at);
    return at;
  }
}
