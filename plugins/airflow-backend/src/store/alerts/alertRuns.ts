import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { UnfinishedRun } from '../../model/clusterFacts';
import type { FactDagRow } from './alertDags';
import { momentTable, type DagMoment } from '../dags/dagMoments';
import { toInstantOrNull, type StoredNumber } from '../kit/moments';
import { toRun, type RunRow } from '../runs/runRows';

/** So many runs of one DAG are looked at one by one. */
export const MOST_RUNS = 25;

/** The newest of the runs that keep promises. */
export async function readLastDueRuns(
  db: Knex,
  cluster: string,
  dags: readonly FactDagRow[],
): Promise<Map<string, DagRun>> {
  const moments = momentsOf(dags, dag => dag.last_due_at);
  const rows: RunRow[] = await runsOf(db, cluster, moments)
    .whereRaw('r.due_at = wanted.at')
    .select('r.*')
    .orderBy(['r.run_after', 'r.run_id']);
  return oneOfEach(rows);
}

/** What goes on of one DAG. */
interface UnfinishedRuns {
  /** Longest first. */
  runs: UnfinishedRun[];
  /** Those that count towards `max_active_runs`. */
  active: number;
}

/** Queued and running. Backfills of Airflow 3 have a limit of their own. */
export async function readUnfinishedRuns(
  db: Knex,
  cluster: string,
): Promise<Map<string, UnfinishedRuns>> {
  const numbered = db('airflow_runs as r')
    .where('r.cluster', cluster)
    .whereNull('r.finished_at')
    .select(
      'r.*',
      db.raw(
        `row_number() over (
          partition by r.dag_id
          order by coalesce(r.started_at, r.queued_at, r.run_after), r.run_id
        ) as nr`,
      ),
      db.raw(
        `sum(case when r.type = 'backfill' and r.queued_at is not null then 0 else 1 end)
          over (partition by r.dag_id) as active`,
      ),
      db.raw(
        `r.queued_seen_at + coalesce((
          select c.clock_offset_ms from airflow_clusters c where c.name = r.cluster
        ), 0) as waits_since`,
      ),
    );
  const rows: (RunRow & {
    waits_since: StoredNumber | null;
    active: number | string;
  })[] = await db(numbered.as('numbered'))
    .where('nr', '<=', MOST_RUNS)
    .orderBy(['dag_id', 'nr']);
  const found = new Map<string, UnfinishedRuns>();
  for (const row of rows) {
    const own = found.get(row.dag_id) ?? {
      runs: [],
      active: Number(row.active),
    };
    own.runs.push({
      ...toRun(row),
      waitsSince:
        row.state === 'queued'
          ? toInstantOrNull(row.queued_at ?? row.waits_since)
          : null,
    });
    found.set(row.dag_id, own);
  }
  return found;
}

export function runsOf(
  db: Knex,
  cluster: string,
  moments: readonly DagMoment[],
): Knex.QueryBuilder {
  return db(momentTable(db, moments))
    .joinRaw('cross join airflow_runs as r')
    .where('r.cluster', cluster)
    .whereRaw('r.dag_id = wanted.dag_id');
}

function momentsOf(
  dags: readonly FactDagRow[],
  momentOf: (dag: FactDagRow) => StoredNumber | null,
): DagMoment[] {
  return dags.flatMap((dag): DagMoment[] => {
    const at = momentOf(dag);
    return at === null ? [] : [[dag.dag_id, Number(at)]];
  });
}

/** The last one of each DAG. */
function oneOfEach(rows: readonly RunRow[]): Map<string, DagRun> {
  return new Map(rows.map((row): [string, DagRun] => [row.dag_id, toRun(row)]));
}
