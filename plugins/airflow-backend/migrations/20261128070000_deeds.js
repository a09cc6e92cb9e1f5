// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('airflow_deeds', table => {
    table.comment('What people did to Airflow through the portal, and why');
    table.text('id').notNullable().primary();
    table.text('cluster').notNullable();
    table.text('dag_id').nullable();
    table.text('run_id').nullable();
    table.text('task_id').nullable();
    table.text('event').notNullable().comment('dag-trigger, run-clear, …');
    table.text('who').notNullable().comment('Entity ref, or a service');
    table.text('reason').nullable();
    table
      .text('error')
      .nullable()
      .comment('Why it failed; null when it did not');
    table.bigInteger('done_at').notNullable();
    table.index(['cluster', 'done_at'], 'airflow_deeds_cluster');
    table.index(['cluster', 'dag_id', 'done_at'], 'airflow_deeds_dag');
    table.index(
      ['cluster', 'dag_id', 'run_id', 'done_at'],
      'airflow_deeds_run',
    );
    table.index(['done_at'], 'airflow_deeds_age');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('airflow_deeds');
};
