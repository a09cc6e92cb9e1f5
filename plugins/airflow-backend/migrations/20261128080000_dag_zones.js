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
  await knex.schema.createTable('airflow_dag_zones', table => {
    table.comment('In which zone the schedule of each DAG is meant');
    name(knex, table, 'cluster').notNullable();
    name(knex, table, 'dag_id').notNullable();
    table.text('zone').nullable().comment('JSON; null where nothing tells it');
    table.text('basis').notNullable().comment('By what it was found');
    table.primary(['cluster', 'dag_id']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('airflow_dag_zones');
};
