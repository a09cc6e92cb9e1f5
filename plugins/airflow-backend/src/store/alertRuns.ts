import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { DuePromise } from '../alerts/types';
import { LONG_AGO, promisesFrom, type FactDagRow } from './alertDags';
import { momentTable, type DagMoment } from './dagMoments';
import { toInstant, type StoredNumber } from './moments';
import { toRun, type RunRow } from './runRows';

/** So many runs of one DAG are looked at one by one. */
const MOST_RUNS = 25;

/** How a DAG failed in a row. */
interface FailedRuns {
  /** Newest first. */
  runs: DagRun[];
  /** Beyond those too. */
  total: number;
}

/** The runs that failed since the newest success, of each DAG whose newest finished run failed. */
export async function readFailedRuns(
  db: Knex,
  cluster: string,
  dags: readonly FactDagRow[],
): Promise<Map<string, FailedRuns>> {
  const failing = dags.flatMap((dag): DagMoment[] => {
    if (dag.failed_at === null) return [];
    const succeededAt = Number(dag.succeeded_at ?? LONG_AGO);
    return Number(dag.failed_at) > succeededAt
      ? [[dag.dag_id, succeededAt]]
      : [];
  });
  const numbered = runsOf(db, cluster, failing)
    .where('r.state', 'failed')
    .whereRaw('r.finished_at > wanted.at')
    .select(
      'r.*',
      db.raw(
        `row_number() over (
          partition by r.dag_id
          order by r.finished_at desc, r.run_after desc, r.run_id desc
        ) as nr`,
      ),
      db.raw('count(*) over (partition by r.dag_id) as total'),
    );
  const rows: (RunRow & { total: number | string })[] = await db(
    numbered.as('numbered'),
  )
    .where('nr', '<=', MOST_RUNS)
    .orderBy(['dag_id', 'nr']);
  const found = new Map<string, FailedRuns>();
  for (const row of rows) {
    const own = found.get(row.dag_id) ?? { runs: [], total: Number(row.total) };
    own.runs.push(toRun(row));
    found.set(row.dag_id, own);
  }
  return found;
}

/** The newest run that succeeded, by the moment it ended. */
export async function readLastSuccesses(
  db: Knex,
  cluster: string,
  dags: readonly FactDagRow[],
): Promise<Map<string, DagRun>> {
  const moments = momentsOf(dags, dag => dag.succeeded_at);
  const rows: RunRow[] = await runsOf(db, cluster, moments)
    .where('r.state', 'success')
    .whereRaw('r.finished_at = wanted.at')
    .select('r.*')
    .orderBy(['r.run_after', 'r.run_id']);
  return oneOfEach(rows);
}

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

/** Queued and running, longest first. */
export async function readUnfinishedRuns(
  db: Knex,
  cluster: string,
): Promise<Map<string, DagRun[]>> {
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
    );
  const rows: RunRow[] = await db(numbered.as('numbered'))
    .where('nr', '<=', MOST_RUNS)
    .orderBy(['dag_id', 'nr']);
  const found = new Map<string, DagRun[]>();
  for (const row of rows) {
    const own = found.get(row.dag_id) ?? [];
    own.push(toRun(row));
    found.set(row.dag_id, own);
  }
  return found;
}

/** What was announced and is due, and no run came; oldest first. */
export async function readUnkeptPromises(
  db: Knex,
  cluster: string,
  dags: readonly FactDagRow[],
  now: Date,
): Promise<Map<string, DuePromise[]>> {
  const from = promisesFrom(now);
  const moments = dags.map((dag): DagMoment => {
    const lastDueAt = Number(dag.last_due_at ?? LONG_AGO);
    return [dag.dag_id, Math.max(lastDueAt, from)];
  });
  const rows: {
    dag_id: string;
    run_after: StoredNumber;
    announced_at: StoredNumber;
  }[] = await db(momentTable(db, moments))
    .joinRaw('cross join airflow_promised_runs as p')
    .where('p.cluster', cluster)
    .whereRaw('p.dag_id = wanted.dag_id')
    .whereRaw('p.run_after > wanted.at')
    .where('p.run_after', '<=', now.getTime())
    .select('p.*')
    .orderBy(['p.dag_id', 'p.run_after']);
  const found = new Map<string, DuePromise[]>();
  for (const row of rows) {
    const own = found.get(row.dag_id) ?? [];
    own.push({
      runAfter: toInstant(row.run_after),
      announcedAt: toInstant(row.announced_at),
    });
    found.set(row.dag_id, own);
  }
  return found;
}

function runsOf(
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
