// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('airflow_runs', table => {
    table
      .bigInteger('absent_at')
      .nullable()
      .comment('When Airflow had it no longer; kept, as its DAG is gone too');
  });
  await knex.schema.alterTable('airflow_run_progress', table => {
    table
      .bigInteger('counted_at')
      .nullable()
      .comment('When the runs were last counted, to notice deleted ones');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('airflow_run_progress', table => {
    table.dropColumn('counted_at');
  });
  await knex.schema.alterTable('airflow_runs', table => {
    table.dropColumn('absent_at');
  });
};
