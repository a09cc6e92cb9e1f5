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

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('airflow_dag_docs', table => {
    table.comment('What authors wrote about their DAGs, to be searched');
    name(knex, table, 'cluster').notNullable();
    name(knex, table, 'dag_id').notNullable();
    table.text('doc_md').nullable();
    table.bigInteger('read_at').notNullable();
    table.primary(['cluster', 'dag_id']);
    table.index(['cluster', 'read_at'], 'airflow_dag_docs_read');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('airflow_dag_docs');
};
