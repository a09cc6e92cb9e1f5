import type {
  DagRun,
  PortalAction,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import { batches } from '../kit/batches';
import type { StoredNumber } from '../kit/moments';

type RunRef = Pick<DagRun, 'cluster' | 'dagId' | 'runId'>;

interface ActionRow {
  id: string;
  cluster: string;
  dag_id: string | null;
  run_id: string | null;
  task_id: string | null;
  event: string;
  who: string;
  reason: string | null;
  error: string | null;
  done_at: StoredNumber;
}

/** What people did to Airflow through the portal, within the retention. */
export class ActionStore {
  constructor(private readonly db: Knex) {}

  async add(cluster: string, action: PortalAction): Promise<void> {
    await this.db('airflow_deeds').insert({
      id: action.id,
      cluster,
      dag_id: action.dagId,
      run_id: action.runId,
      task_id: action.taskId,
      event: action.event,
      who: action.who,
      reason: action.reason,
      error: action.error,
      done_at: Date.parse(action.at),
    });
  }

  /** The last ones that were done to a DAG or, where a run is named, to that run; newest first. */
  async last(
    of: { cluster: string; dagId: string; runId?: string },
    count: number,
  ): Promise<PortalAction[]> {
    const { cluster, dagId, runId } = of;
    const rows: ActionRow[] = await this.db('airflow_deeds')
      .where({ cluster, dag_id: dagId, ...(runId && { run_id: runId }) })
      .orderBy('done_at', 'desc')
      .limit(count);
    return rows.map(toAction);
  }

  /** Who started which of some runs through the portal: entity refs, by {@link startedRunKey}. */
  async starters(runs: readonly RunRef[]): Promise<Map<string, string>> {
    const wanted = new Set(runs.map(startedRunKey));
    const found = new Map<string, string>();
    for (const batch of batches([...new Set(runs.map(run => run.runId))])) {
      const rows: ActionRow[] = await this.db('airflow_deeds')
        .whereIn('cluster', [...new Set(runs.map(({ cluster }) => cluster))])
        .whereIn('dag_id', [...new Set(runs.map(({ dagId }) => dagId))])
        .whereIn('run_id', batch)
        .where('event', 'dag-trigger')
        .whereNull('error');
      for (const { cluster, dag_id: dagId, run_id: runId, who } of rows) {
        if (dagId === null || runId === null) continue;
        const key = startedRunKey({ cluster, dagId, runId });
        if (wanted.has(key)) found.set(key, who);
      }
    }
    return found;
  }

  /** The newest ones of a cluster, or of one DAG of it, that were done within a window; newest first. */
  async within(
    of: { cluster: string; dagId?: string; from: Date; to: Date },
    count: number,
  ): Promise<PortalAction[]> {
    const { cluster, dagId, from, to } = of;
    const rows: ActionRow[] = await this.db('airflow_deeds')
      .where({ cluster, ...(dagId && { dag_id: dagId }) })
      .whereBetween('done_at', [from.getTime(), to.getTime()])
      .orderBy('done_at', 'desc')
      .limit(count);
    return rows.map(toAction);
  }

  async removeBefore(moment: Date): Promise<void> {
    await this.db('airflow_deeds')
      .where('done_at', '<', moment.getTime())
      .delete();
  }
}

export function startedRunKey({ cluster, dagId, runId }: RunRef): string {
  return JSON.stringify([cluster, dagId, runId]);
}

function toAction(row: ActionRow): PortalAction {
  return {
    id: row.id,
    at: new Date(Number(row.done_at)).toISOString(),
    event: row.event,
    who: row.who,
    dagId: row.dag_id,
    runId: row.run_id,
    taskId: row.task_id,
    reason: row.reason,
    error: row.error,
  };
}
