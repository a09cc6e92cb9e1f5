// @ts-check

/**
 * What is gone already is left as it is and told to nobody: whether it vanished or was deleted is not known any more.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('airflow_dags', table => {
    table
      .text('presence')
      .notNullable()
      .defaultTo('listed')
      .comment(
        'listed, broken, unparsed, doubted, vanished or deleted; gone_at is set exactly for the last two',
      );
    table.bigInteger('presence_since').nullable();
    table.text('presence_reason').nullable();
    table.index(['presence', 'cluster', 'dag_id'], 'airflow_dags_presence');
  });
  await knex('airflow_dags')
    .whereNotNull('gone_at')
    .update({ presence: 'vanished', presence_since: knex.ref('gone_at') });
  await knex.schema.alterTable('airflow_alerts', table => {
    table
      .text('dag_presence')
      .nullable()
      .comment('How its DAG is, where the timeline said so last');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // As SQL, since Knex would make the table anew on SQLite, and what refers to it would go with the old one.
  await knex.raw('alter table airflow_alerts drop column dag_presence');
  await knex.schema.alterTable('airflow_dags', table => {
    table.dropIndex(['presence', 'cluster', 'dag_id'], 'airflow_dags_presence');
    table.dropColumn('presence');
    table.dropColumn('presence_since');
    table.dropColumn('presence_reason');
  });
};
