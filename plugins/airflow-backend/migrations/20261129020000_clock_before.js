// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('airflow_clusters', table => {
    table
      .bigInteger('clock_before_ms')
      .nullable()
      .comment('clock_offset_ms as it was until clock_set_at');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('airflow_clusters', table => {
    table.dropColumn('clock_before_ms');
  });
};
