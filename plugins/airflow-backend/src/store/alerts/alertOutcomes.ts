import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import { openStatuses } from './alertFilter';
import { LONG_AGO, overtakenFrom, type FactDagRow } from './alertDags';
import { MOST_RUNS, runsOf } from './alertRuns';
import { momentTable, runNameTable, type DagMoment } from '../dags/dagMoments';
import { overtaking } from '../runs/runFacts';
import { toRun, type RunRow } from '../runs/runRows';

/** Since when an alert is open is by the portal's clock, and when a run failed by that of its cluster. */
const SKEW_MS = 60 * 60_000;

/** The failed runs that are newer than the newest success of each DAG that is failing; newest first, at most 25. */
export async function readStreaks(
  db: Knex,
  cluster: string,
  dags: readonly FactDagRow[],
): Promise<Map<string, DagRun[]>> {
  const failing = dags.filter(dag => dag.failures_in_a_row > 0);
  const moments = failing.map(
    (dag): DagMoment => [dag.dag_id, Number(dag.failing_from ?? LONG_AGO)],
  );
  const numbered = runsOf(db, cluster, moments)
    .where('r.state', 'failed')
    .whereRaw('r.for_at >= wanted.at')
    .select('r.*', newestFirst(db, 'r.for_at'));
  const found = await mostOfEach(db, numbered);
  // A failed run for the very moment of the newest success may be older than that.
  const lengths = new Map(
    failing.map(dag => [dag.dag_id, dag.failures_in_a_row]),
  );
  return new Map(
    [...found].map(([dagId, runs]) => [
      dagId,
      runs.slice(0, lengths.get(dagId)),
    ]),
  );
}

/** The newest success of each DAG. */
export async function readLastSuccesses(
  db: Knex,
  cluster: string,
  dags: readonly FactDagRow[],
): Promise<Map<string, DagRun>> {
  const names = dags.flatMap(({ dag_id, last_success_run }) =>
    last_success_run === null ? [] : [[dag_id, last_success_run] as const],
  );
  const rows: RunRow[] = await db(runNameTable(db, names))
    .joinRaw('cross join airflow_runs as r')
    .where('r.cluster', cluster)
    .whereRaw('r.dag_id = wanted.dag_id')
    .whereRaw('r.run_id = wanted.run_id')
    .select('r.*');
  return new Map(rows.map((row): [string, DagRun] => [row.dag_id, toRun(row)]));
}

/** Which runs open alerts name, and since when those of overtaken runs are open. */
interface NamedRuns {
  /** By DAG and run id; null for a run that is no longer there. */
  runs: Map<string, Map<string, DagRun | null>>;
  overtakenSince: DagMoment[];
}

/** The runs that open alerts are about, as they are now. */
export async function readNamedRuns(
  db: Knex,
  cluster: string,
): Promise<NamedRuns> {
  type Row = { rule_type: string; since: number | string } & {
    named_dag: string;
    named_run: string;
  } & (RunRow | { [column in keyof RunRow]: null });
  const rows: Row[] = await db('airflow_alerts as a')
    .leftJoin('airflow_runs as r', join =>
      join
        .on('r.cluster', 'a.cluster')
        .andOn('r.dag_id', 'a.dag_id')
        .andOn('r.run_id', 'a.run_id'),
    )
    .where('a.cluster', cluster)
    .whereIn('a.status', openStatuses)
    .whereNotNull('a.dag_id')
    .whereNotNull('a.run_id')
    .select('r.*', 'a.rule_type', 'a.since', {
      named_dag: 'a.dag_id',
      named_run: 'a.run_id',
    });
  const runs: NamedRuns['runs'] = new Map();
  for (const row of rows) {
    const own = runs.get(row.named_dag) ?? new Map<string, DagRun | null>();
    own.set(row.named_run, row.run_id === null ? null : toRun(row));
    runs.set(row.named_dag, own);
  }
  const overtakenSince = rows
    .filter(row => row.rule_type === 'older-run-failed')
    .map((row): DagMoment => [row.named_dag, Number(row.since) - SKEW_MS]);
  return { runs, overtakenSince };
}

/**
 * Failed runs that a newer success had overtaken, the last one to fail first, at most 25 of a DAG: those that failed
 * lately, and while an alert of them is open all since it is.
 */
export async function readOvertakenRuns(
  db: Knex,
  cluster: string,
  { now, openSince }: { now: Date; openSince: readonly DagMoment[] },
): Promise<Map<string, DagRun[]>> {
  const recent = overtakenFrom(now);
  const oldest = Math.min(recent, ...openSince.map(([, since]) => since));
  const numbered = db('airflow_runs as r')
    .where({ 'r.cluster': cluster, 'r.state': 'failed' })
    .where('r.finished_at', '>=', oldest)
    .where(either =>
      either
        .where('r.finished_at', '>=', recent)
        .orWhereExists(
          db(momentTable(db, openSince))
            .select(db.raw('1'))
            .whereRaw('wanted.dag_id = r.dag_id')
            .whereRaw('r.finished_at >= wanted.at'),
        ),
    )
    .whereRaw(`exists (${overtaking('r')})`)
    .select('r.*', newestFirst(db, 'r.finished_at'));
  return mostOfEach(db, numbered);
}

function newestFirst(db: Knex, moment: string): Knex.Raw {
  return db.raw(
    `row_number() over (
      partition by r.dag_id order by ${moment} desc, r.run_id desc
    ) as nr`,
  );
}

async function mostOfEach(
  db: Knex,
  numbered: Knex.QueryBuilder,
): Promise<Map<string, DagRun[]>> {
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
