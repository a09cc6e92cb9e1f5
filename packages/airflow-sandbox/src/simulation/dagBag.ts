import type { DagDefinition } from '../fleet/types';
import type { FileTrouble, Overlay } from './overlay';
import { major } from './version';

const REPARSED_AFTER = 30_000;
/** `stale_dag_threshold` of Airflow 2. */
const INACTIVE_AFTER = 50_000;

/** The DAGs of a cluster as the last parse of their files left them. */
export class DagBag {
  private readonly byId: ReadonlyMap<string, DagDefinition>;
  private readonly parsed = new WeakMap<
    DagDefinition,
    { trouble: FileTrouble; dag: DagDefinition }
  >();

  constructor(
    private readonly definitions: readonly DagDefinition[],
    private readonly overlay: Overlay,
    private readonly airflow: { now(): number; version(): string },
  ) {
    this.byId = new Map(definitions.map(dag => [dag.dagId, dag]));
  }

  /** Those that it knows now; a deleted one is back after a parse. */
  all(): DagDefinition[] {
    return this.definitions
      .filter(d => this.isKnown(d))
      .map(d => this.asParsed(this.overlay.changedDags.get(d.dagId) ?? d));
  }

  get(dagId: string): DagDefinition | undefined {
    const dag = this.overlay.changedDags.get(dagId) ?? this.byId.get(dagId);
    return dag && this.isKnown(dag) ? this.asParsed(dag) : undefined;
  }

  /**
   * A DAG whose file is broken or gone, as the last parse left it. Both versions mark a broken one at once; 3.x calls it
   * stale with that, 2.x inactive only 50 seconds later. Of a file that is gone the mark stays if it was broken.
   */
  private asParsed(dag: DagDefinition): DagDefinition {
    const trouble = this.overlay.files.get(dag.relativeFile);
    if (!trouble) return dag;
    const known = this.parsed.get(dag);
    if (known?.trouble === trouble) return known.dag;
    const isBroken = trouble.kind === 'broken';
    const inactiveFrom =
      isBroken && major(this.airflow.version()) < 3
        ? trouble.at + INACTIVE_AFTER
        : 0;
    const now = () => this.airflow.now();
    const parsed: DagDefinition = {
      ...dag,
      get stale() {
        return now() >= inactiveFrom;
      },
      hasImportErrors: isBroken || trouble.wasBroken,
      parsedAt: trouble.at,
    };
    this.parsed.set(dag, { trouble, dag: parsed });
    return parsed;
  }

  /** As a path names them, where `~` stands for all. */
  named(dagId: string): DagDefinition[] {
    if (dagId === '~') return this.all();
    const dag = this.get(dagId);
    return dag ? [dag] : [];
  }

  /** Those with one of the ids; all without any. */
  among(ids: readonly string[] | null | undefined): DagDefinition[] {
    return this.all().filter(d => !ids || ids.includes(d.dagId));
  }

  private isKnown(dag: DagDefinition): boolean {
    const deletedAt = this.overlay.deletedDags.get(dag.dagId);
    if (deletedAt === undefined) return true;
    return (
      this.airflow.now() >= deletedAt + REPARSED_AFTER &&
      this.overlay.files.get(dag.relativeFile)?.kind !== 'removed'
    );
  }
}
