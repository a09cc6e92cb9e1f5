// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('airflow_collections', table => {
    table
      .text('skipped_why')
      .nullable()
      .comment('Which row was left out first, and what is wrong with it');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('airflow_collections', table => {
    table.dropColumn('skipped_why');
  });
};
