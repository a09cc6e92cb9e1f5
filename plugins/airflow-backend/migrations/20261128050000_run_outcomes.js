// @ts-check

/**
 * @param {import('knex').Knex} knex
 * @param {import('knex').Knex.CreateTableBuilder} table
 * @param {string} column
 */
function name(knex, table, column) {
  const isPostgres = knex.client.config.client.includes('pg');
  return table.specificType(column, isPostgres ? 'text collate "C"' : 'text');
}

/** Runs that are never announced are for their logical date, where they have one. */
const DUE = 'coalesce(due_at, logical_date, run_after)';

/** The same as `src/store/outcomes.ts` keeps, of every DAG. */
const OUTCOMES = `
  with lasts as (
    select d.cluster, d.dag_id, (
      select s.run_id from airflow_runs s
      where s.cluster = d.cluster and s.dag_id = d.dag_id and s.state = 'success'
      order by s.for_at desc, s.run_id desc limit 1
    ) as success_id, (
      select f.run_id from airflow_runs f
      where f.cluster = d.cluster and f.dag_id = d.dag_id and f.state = 'failed'
        and not exists (
          select 1 from airflow_runs s
          where s.cluster = f.cluster and s.dag_id = f.dag_id
            and s.state = 'success'
            and (s.for_at, s.run_id) > (f.for_at, f.run_id)
            and s.for_at <= f.finished_at and s.finished_at <= f.finished_at
        )
      order by f.for_at desc, f.run_id desc limit 1
    ) as failure_id
    from airflow_dags d
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
      and (s.run_id is null or (r.for_at, r.run_id) > (s.for_at, s.run_id))
    group by l.cluster, l.dag_id, l.success_id, l.failure_id,
      f.finished_at, f.for_at, f.run_id
  )
  update airflow_dags set
    last_success_run = o.last_success_run,
    last_failed_run = o.last_failed_run,
    last_failed_at = o.last_failed_at,
    recovered_by = o.recovered_by,
    failures_in_a_row = o.failures_in_a_row,
    failing_since = o.failing_since,
    failing_from = o.failing_from
  from outcomes o
  where airflow_dags.cluster = o.cluster and airflow_dags.dag_id = o.dag_id`;

/**
 * What decides of a DAG is the order of what its runs are for. The place of each run is kept with it, and what the runs
 * say of their DAG with the DAG.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('airflow_runs', table => {
    table
      .bigInteger('for_at')
      .notNullable()
      .defaultTo(0)
      .comment('The moment it is for, or its end where that was before');
  });
  await knex('airflow_runs')
    .whereNotNull('finished_at')
    .whereNull('ended_at')
    .update({
      finished_at: knex.raw('coalesce(started_at, due_at, run_after)'),
    });
  await knex('airflow_runs').update({
    for_at: knex.raw(
      `case when finished_at < ${DUE} then finished_at else ${DUE} end`,
    ),
  });
  await knex.raw('drop index airflow_runs_moment');
  await knex.schema.alterTable('airflow_runs', table => {
    table.index(
      ['cluster', 'dag_id', 'for_at', 'run_id'],
      'airflow_runs_place',
    );
    table.dropIndex([], 'airflow_runs_outcome');
    table.index(
      ['cluster', 'dag_id', 'state', 'for_at', 'run_id'],
      'airflow_runs_outcome',
    );
  });

  await knex.schema.alterTable('airflow_dags', table => {
    table.integer('failures_in_a_row').notNullable().defaultTo(0);
    table.bigInteger('failing_since').nullable().comment('End of the first');
    table.bigInteger('failing_from').nullable().comment('Place of the oldest');
    name(knex, table, 'last_failed_run').nullable().comment('Not overtaken');
    table.bigInteger('last_failed_at').nullable().comment('When that ended');
    name(knex, table, 'last_success_run').nullable();
    name(knex, table, 'recovered_by').nullable().comment('After that failure');
    table.index(['last_failed_at', 'cluster', 'dag_id'], 'airflow_dags_failed');
  });
  // Few DAGs of many are failing, and they are asked for all the time.
  await knex.raw(
    'create index airflow_dags_failing on airflow_dags (cluster, dag_id) where failures_in_a_row > 0',
  );
  await knex.raw(OUTCOMES);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('airflow_dags', table => {
    table.dropIndex([], 'airflow_dags_failing');
    table.dropIndex([], 'airflow_dags_failed');
    table.dropColumns(
      'failures_in_a_row',
      'failing_since',
      'failing_from',
      'last_failed_run',
      'last_failed_at',
      'last_success_run',
      'recovered_by',
    );
  });
  await knex.schema.alterTable('airflow_runs', table => {
    table.dropIndex([], 'airflow_runs_outcome');
    table.index(
      ['cluster', 'dag_id', 'state', 'finished_at'],
      'airflow_runs_outcome',
    );
    table.dropIndex([], 'airflow_runs_place');
    table.dropColumn('for_at');
  });
  await knex.raw(
    'create index airflow_runs_moment on airflow_runs (cluster, dag_id, (coalesce(due_at, run_after)))',
  );
};
