/**
 * For when a run was due, whether it was announced or not: what calendars and statistics of one DAG go by.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    'create index airflow_runs_moment on airflow_runs (cluster, dag_id, (coalesce(due_at, run_after)))',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index airflow_runs_moment');
};
