import type { Knex } from 'knex';
import { recentRunsCte, RECENT_RUNS, type DagName } from './recentRuns';

/**
 * Common table expressions over `wanted` that end in `outcomes`: how each DAG stands by its runs, as `outcomeOf` of
 * `insights` says it. That a run was overtaken is looked for only among those that were due while it went on, since
 * nothing ends before its place. PostgreSQL would look for the last ones again for each run, were they not materialised.
 */
const outcomes = `
  lasts as materialized (
    select w.cluster, w.dag_id, (
      select s.run_id from airflow_runs s
      where s.cluster = w.cluster and s.dag_id = w.dag_id and s.state = 'success'
      order by s.for_at desc, s.run_id desc limit 1
    ) as success_id, (
      select f.run_id from airflow_runs f
      where f.cluster = w.cluster and f.dag_id = w.dag_id and f.state = 'failed'
        and not exists (${overtaking('f')})
      order by f.for_at desc, f.run_id desc limit 1
    ) as failure_id
    from wanted w
  ),
  outcomes as (
    select l.cluster, l.dag_id,
      l.success_id as last_success_run,
      l.failure_id as last_failed_run,
      f.finished_at as last_failed_at,
      (
        select r.run_id from airflow_runs r
        where r.cluster = l.cluster and r.dag_id = l.dag_id
          and r.state = 'success'
          and (r.for_at, r.run_id) > (f.for_at, f.run_id)
        order by r.for_at, r.run_id limit 1
      ) as recovered_by,
      count(r.run_id) as failures_in_a_row,
      min(r.finished_at) as failing_since,
      min(r.for_at) as failing_from
    from lasts l
    left join airflow_runs s on s.cluster = l.cluster
      and s.dag_id = l.dag_id and s.run_id = l.success_id
    left join airflow_runs f on f.cluster = l.cluster
      and f.dag_id = l.dag_id and f.run_id = l.failure_id
    left join airflow_runs r on r.cluster = l.cluster
      and r.dag_id = l.dag_id and r.state = 'failed'
      and (r.for_at, r.run_id) > (coalesce(s.for_at, -9000000000000000), coalesce(s.run_id, ''))
    group by l.cluster, l.dag_id, l.success_id, l.failure_id,
      f.finished_at, f.for_at, f.run_id
  )`;

/** The newer runs that had succeeded by when a run failed. */
export function overtaking(failed: string): string {
  return `
    select 1 from airflow_runs s
    where s.cluster = ${failed}.cluster and s.dag_id = ${failed}.dag_id
      and s.state = 'success'
      and (s.for_at, s.run_id) > (${failed}.for_at, ${failed}.run_id)
      and s.for_at <= ${failed}.finished_at
      and s.finished_at <= ${failed}.finished_at`;
}

/** What a DAG row keeps of its runs. */
const kept = [
  'last_run_at',
  'last_run_state',
  'success_rate',
  'last_success_run',
  'last_failed_run',
  'last_failed_at',
  'recovered_by',
  'failures_in_a_row',
  'failing_since',
  'failing_from',
];

/** Locks rows in one order, so that inventory and runs of a cluster never wait for each other in a ring. */
export async function lockDags(
  trx: Knex.Transaction,
  dags: readonly DagName[],
): Promise<void> {
  await trx('airflow_dags')
    .select('dag_id')
    .whereIn(
      ['cluster', 'dag_id'],
      dags.map(({ cluster, dagId }) => [cluster, dagId]),
    )
    .orderBy(['cluster', 'dag_id'])
    .forUpdate();
}

/** Brings what the DAG rows say about their runs up to date. */
export async function refreshRunFacts(
  trx: Knex.Transaction,
  dags: readonly DagName[],
): Promise<void> {
  if (dags.length === 0) return;
  const { sql, bindings } = recentRunsCte(dags);
  await lockDags(trx, dags);
  await trx.raw(
    `with ${sql},
    latest as (
      select w.cluster, w.dag_id,
        max(case when r.nr = 1 then r.for_at end) as last_run_at,
        max(case when r.nr = 1 then r.state end) as last_run_state,
        cast(sum(case when r.state = 'success' then 1 else 0 end) as double precision)
          / nullif(sum(case when r.state in ('success', 'failed') then 1 else 0 end), 0)
          as success_rate
      from wanted w
      left join recent r on r.cluster = w.cluster
        and r.dag_id = w.dag_id and r.nr <= ?
      group by w.cluster, w.dag_id
    ),
    ${outcomes},
    facts as (
      select o.*, l.last_run_at, l.last_run_state, l.success_rate
      from outcomes o
      join latest l on l.cluster = o.cluster and l.dag_id = o.dag_id
    )
    update airflow_dags set
      ${kept.map(column => `${column} = facts.${column}`).join(', ')}
    from facts
    where airflow_dags.cluster = facts.cluster
      and airflow_dags.dag_id = facts.dag_id
      and (${kept
        .map(
          column => `airflow_dags.${column} is distinct from facts.${column}`,
        )
        .join(' or ')})`,
    [...bindings, RECENT_RUNS],
  );
}
