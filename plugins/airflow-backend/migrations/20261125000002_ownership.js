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
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('airflow_owner_claims', table => {
    table.comment('The DAGs that catalog entities say are theirs');
    name(knex, table, 'entity_ref').notNullable().primary();
    name(knex, table, 'owner_ref').notNullable();
    table.text('selector').notNullable().comment('JSON');
  });
  // Lists sort by who owns a DAG now, no longer by what Airflow says.
  await knex.schema.alterTable('airflow_dags', table => {
    table.dropIndex([], 'airflow_dags_owner');
  });
  await knex.schema.alterTable('airflow_dags', table => {
    table.dropColumn('sort_owner');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('airflow_dags', table => {
    name(knex, table, 'sort_owner').nullable().comment('First, in lower case');
    table.index(['sort_owner', 'cluster', 'dag_id'], 'airflow_dags_owner');
  });
  await knex.schema.dropTable('airflow_owner_claims');
};
