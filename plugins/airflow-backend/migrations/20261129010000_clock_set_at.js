// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('airflow_clusters', table => {
    table
      .bigInteger('clock_set_at')
      .nullable()
      .comment('When its clock was last found to be set; null when never');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('airflow_clusters', table => {
    table.dropColumn('clock_set_at');
  });
};
