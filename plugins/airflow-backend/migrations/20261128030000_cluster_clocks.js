// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('airflow_clusters', table => {
    table
      .bigInteger('clock_offset_ms')
      .nullable()
      .comment('How far its clock is ahead; null when nothing told');
    table.bigInteger('clock_measured_at').nullable();
    table
      .boolean('may_write')
      .nullable()
      .comment("Whether the portal's user may change things in it");
  });
  await knex.schema.alterTable('airflow_run_progress', table => {
    table
      .bigInteger('clock_offset_ms')
      .notNullable()
      .defaultTo(0)
      .comment("How far the cluster's clock was ahead at changed_since");
  });
  await knex.schema.alterTable('airflow_collections', table => {
    table
      .bigInteger('first_attempt_at')
      .nullable()
      .comment('Since when it is not well without ever having been');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('airflow_collections', table => {
    table.dropColumn('first_attempt_at');
  });
  await knex.schema.alterTable('airflow_run_progress', table => {
    table.dropColumn('clock_offset_ms');
  });
  await knex.schema.alterTable('airflow_clusters', table => {
    table.dropColumn('clock_offset_ms');
    table.dropColumn('clock_measured_at');
    table.dropColumn('may_write');
  });
};
