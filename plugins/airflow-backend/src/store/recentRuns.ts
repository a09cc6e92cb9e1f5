import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import { toRun, type RunRow } from './runRows';

/** How many runs a row of the DAG list draws, and over how many its success rate is taken. */
const RECENT_RUNS = 14;

/** Names one DAG of the fleet. */
export interface DagName {
  cluster: string;
  dagId: string;
}

/**
 * Common table expressions that end in `recent`: the last runs of the DAGs named, numbered from the newest on.
 * Where the window begins is looked up in the index first, so that only those rows are read.
 */
function recentRunsCte(dags: readonly DagName[]): {
  sql: string;
  bindings: (string | number)[];
} {
  const sql = `
    wanted (cluster, dag_id) as (values ${dags.map(() => '(?, ?)').join(', ')}),
    beginning as (
      select w.cluster, w.dag_id, coalesce((
        select r.run_after from airflow_runs r
        where r.cluster = w.cluster and r.dag_id = w.dag_id
        order by r.run_after desc, r.run_id desc
        limit 1 offset ?
      ), -9000000000000000) as since
      from wanted w
    ),
    recent as (
      select r.*, row_number() over (
        partition by r.cluster, r.dag_id
        order by r.run_after desc, r.run_id desc
      ) as nr
      from beginning b
      join airflow_runs r on r.cluster = b.cluster
        and r.dag_id = b.dag_id and r.run_after >= b.since
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

/** Brings what the DAG rows say about their runs up to date. */
export async function refreshRunFacts(
  trx: Knex.Transaction,
  dags: readonly DagName[],
): Promise<void> {
  if (dags.length === 0) return;
  const { sql, bindings } = recentRunsCte(dags);
  // Rows are locked in one order, so that inventory and runs of a cluster never wait for each other in a ring.
  await trx('airflow_dags')
    .select('dag_id')
    .whereIn(
      ['cluster', 'dag_id'],
      dags.map(({ cluster, dagId }) => [cluster, dagId]),
    )
    .orderBy(['cluster', 'dag_id'])
    .forUpdate();
  await trx.raw(
    `with ${sql},
    facts as (
      select w.cluster, w.dag_id,
        max(case when r.nr = 1 then r.run_after end) as last_run_at,
        max(case when r.nr = 1 then r.state end) as last_run_state,
        cast(sum(case when r.state = 'success' then 1 else 0 end) as double precision)
          / nullif(sum(case when r.state in ('success', 'failed') then 1 else 0 end), 0)
          as success_rate
      from wanted w
      left join recent r on r.cluster = w.cluster
        and r.dag_id = w.dag_id and r.nr <= ?
      group by w.cluster, w.dag_id
    )
    update airflow_dags set
      last_run_at = facts.last_run_at,
      last_run_state = facts.last_run_state,
      success_rate = facts.success_rate
    from facts
    where airflow_dags.cluster = facts.cluster
      and airflow_dags.dag_id = facts.dag_id
      and (airflow_dags.last_run_at is distinct from facts.last_run_at
        or airflow_dags.last_run_state is distinct from facts.last_run_state
        or airflow_dags.success_rate is distinct from facts.success_rate)`,
    [...bindings, RECENT_RUNS],
  );
}
