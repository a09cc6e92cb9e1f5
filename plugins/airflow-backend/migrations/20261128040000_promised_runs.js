// @ts-check

/**
 * Names are compared byte by byte on both engines, so that both sort alike and prefixes use indexes.
 *
 * @param {import('knex').Knex} knex
 * @param {import('knex').Knex.CreateTableBuilder} table
 * @param {string} column
 */
function name(knex, table, column) {
  const isPostgres = knex.client.config.client.includes('pg');
  return table.specificType(column, isPostgres ? 'text collate "C"' : 'text');
}

/**
 * A promise says what its run is for, so that it is kept by that run and by no other.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('airflow_dags', table => {
    table.bigInteger('next_logical_date').nullable();
    table
      .bigInteger('next_due_at')
      .nullable()
      .comment('For when the run that comes will say that it was due');
  });

  // What the promises so far were for is not known; the next inventory announces anew.
  await knex.schema.dropTable('airflow_promised_runs');
  await knex.schema.createTable('airflow_promised_runs', table => {
    table.comment('Every run that an Airflow announced for a DAG in service');
    name(knex, table, 'cluster').notNullable();
    name(knex, table, 'dag_id').notNullable();
    table
      .bigInteger('run_for')
      .notNullable()
      .comment('Its logical date; when it is due where it has none');
    table.bigInteger('logical_date').nullable();
    table.bigInteger('due_at').notNullable().comment('As its run tells it');
    table.bigInteger('run_after').notNullable().comment('When it may come');
    table.text('schedule').notNullable().comment('That announced it');
    table
      .bigInteger('announced_at')
      .notNullable()
      .comment("First, by the cluster's clock");
    table.primary(['cluster', 'dag_id', 'run_for']);
    table.index(
      ['cluster', 'dag_id', 'run_after'],
      'airflow_promised_runs_of_dag',
    );
    table.index(['run_after'], 'airflow_promised_runs_run_after');
  });

  await knex.schema.alterTable('airflow_runs', table => {
    table
      .bigInteger('queued_seen_at')
      .nullable()
      .comment('Since when it was read as queued; null when it is not');
    table.index(
      ['cluster', 'dag_id', 'logical_date'],
      'airflow_runs_logical_date',
    );
    table.index(['cluster', 'dag_id', 'finished_at'], 'airflow_runs_ended');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('airflow_runs', table => {
    table.dropIndex([], 'airflow_runs_ended');
    table.dropIndex([], 'airflow_runs_logical_date');
    table.dropColumn('queued_seen_at');
  });
  await knex.schema.dropTable('airflow_promised_runs');
  await knex.schema.createTable('airflow_promised_runs', table => {
    table.comment('Every run that an Airflow announced for a DAG in service');
    name(knex, table, 'cluster').notNullable();
    name(knex, table, 'dag_id').notNullable();
    table.bigInteger('run_after').notNullable();
    table.bigInteger('announced_at').notNullable();
    table.primary(['cluster', 'dag_id', 'run_after']);
    table.index(['run_after'], 'airflow_promised_runs_run_after');
  });
  await knex.schema.alterTable('airflow_dags', table => {
    table.dropColumns('next_logical_date', 'next_due_at');
  });
};
