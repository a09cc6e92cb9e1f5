// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('airflow_missing_owners', table => {
    table.comment(
      'Groups and users that own something and are not in the catalog',
    );
    table.text('owner_ref').notNullable().primary();
  });
  await knex.schema.alterTable('airflow_dags', table => {
    table
      .text('owners_missing')
      .nullable()
      .comment(
        'JSON array; who would come before the owner, but is not in the catalog',
      );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('airflow_dags', table => {
    table.dropColumn('owners_missing');
  });
  await knex.schema.dropTable('airflow_missing_owners');
};
