import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import { toRun, type RunRow } from './runRows';

/** How many runs a row of the DAG list draws, and over how many its success rate is taken. */
export const RECENT_RUNS = 14;

/** Names one DAG of the fleet. */
export interface DagName {
  cluster: string;
  dagId: string;
}

/**
 * Common table expressions that begin with `wanted`, the DAGs named, and end in `recent`: their last runs, in the order
 * of what they are for, numbered from the newest on.
 * Where the window begins is looked up in the index first, so that only those rows are read. It is looked up once for each
 * DAG: PostgreSQL would do so for each run, as long as it knows nothing of a table that has just been filled.
 */
export function recentRunsCte(dags: readonly DagName[]): {
  sql: string;
  bindings: (string | number)[];
} {
  const sql = `
    wanted (cluster, dag_id) as (values ${dags.map(() => '(?, ?)').join(', ')}),
    beginning as materialized (
      select w.cluster, w.dag_id, coalesce((
        select r.for_at from airflow_runs r
        where r.cluster = w.cluster and r.dag_id = w.dag_id
        order by r.for_at desc, r.run_id desc
        limit 1 offset ?
      ), -9000000000000000) as since
      from wanted w
    ),
    recent as (
      select r.*, row_number() over (
        partition by r.cluster, r.dag_id
        order by r.for_at desc, r.run_id desc
      ) as nr
      from beginning b
      join airflow_runs r on r.cluster = b.cluster
        and r.dag_id = b.dag_id and r.for_at >= b.since
    )`;
  const names = dags.flatMap(({ cluster, dagId }) => [cluster, dagId]);
  return { sql, bindings: [...names, RECENT_RUNS - 1] };
}

/** Raw answers are rows on SQLite and an object with rows on PostgreSQL. */
async function rowsOf(query: Knex.Raw): Promise<RunRow[]> {
  const result: RunRow[] | { rows: RunRow[] } = await query;
  return Array.isArray(result) ? result : result.rows;
}

/** The last runs of each DAG, oldest first, by {@link dagKey}. */
export async function readRecentRuns(
  db: Knex,
  dags: readonly DagName[],
): Promise<Map<string, DagRun[]>> {
  const found = new Map<string, DagRun[]>();
  if (dags.length === 0) return found;
  const { sql, bindings } = recentRunsCte(dags);
  const rows = await rowsOf(
    db.raw(`with ${sql} select * from recent where nr <= ? order by nr desc`, [
      ...bindings,
      RECENT_RUNS,
    ]),
  );
  for (const row of rows) {
    const run = toRun(row);
    const key = dagKey(run);
    found.set(key, [...(found.get(key) ?? []), run]);
  }
  return found;
}

export function dagKey({ cluster, dagId }: DagName): string {
  return JSON.stringify([cluster, dagId]);
}
