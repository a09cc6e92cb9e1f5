import type {
  DagRun,
  RunWait,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { DagStore, RunStore } from '../../store';

/** More are not looked for, however many a DAG allows at once. */
const MOST_COUNTED = 1_000;
const NAMED = 5;

/** Tells why a run is queued, from what is stored. */
export class RunWaits {
  constructor(
    private readonly dags: DagStore,
    private readonly runs: RunStore,
  ) {}

  async of(run: Pick<DagRun, 'cluster' | 'dagId' | 'state' | 'type'>) {
    if (run.state !== 'queued') return [];
    const { cluster, dagId } = run;
    const dag = await this.dags.get(cluster, dagId);
    if (!dag) return [];
    const waits: RunWait[] = dag.paused ? [{ kind: 'paused' }] : [];
    const limit = dag.maxActiveRuns;
    if (limit === null || limit < 1 || run.type === 'backfill') return waits;
    const most = Math.min(limit, MOST_COUNTED);
    const runIds = await this.runs.underWay(cluster, dagId, most);
    if (runIds.length >= limit) {
      waits.push({
        kind: 'max-active-runs',
        limit,
        underWay: runIds.length,
        runIds: runIds.slice(0, NAMED),
      });
    }
    return waits;
  }
}
