/**
 * What fails is listed newest first, also within a severity; so the worst severity is the greatest, as the newest moment
 * is.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('airflow_dags', table => {
    table.index(
      ['failing_since', 'cluster', 'dag_id'],
      'airflow_dags_failing_since',
    );
  });

  await knex.schema.alterTable('airflow_alerts', table => {
    table
      .integer('urgency')
      .notNullable()
      .defaultTo(0)
      .comment('Of its severity; 2 is the worst');
    table
      .bigInteger('news_at')
      .notNullable()
      .defaultTo(0)
      .comment('When it fired, or began while it has not');
    table.dropIndex([], 'airflow_alerts_severity');
  });
  await knex('airflow_alerts').update({
    urgency: knex.raw('2 - severity_rank'),
    news_at: knex.raw('coalesce(fired_at, since)'),
  });
  await knex.raw('alter table airflow_alerts drop column severity_rank');
  await knex.schema.alterTable('airflow_alerts', table => {
    table.index(
      ['status', 'urgency', 'news_at', 'id'],
      'airflow_alerts_urgency',
    );
    table.index(['status', 'news_at', 'id'], 'airflow_alerts_news');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('airflow_alerts', table => {
    table.dropIndex([], 'airflow_alerts_news');
    table.dropIndex([], 'airflow_alerts_urgency');
    table.integer('severity_rank').notNullable().defaultTo(0);
  });
  await knex('airflow_alerts').update({
    severity_rank: knex.raw('2 - urgency'),
  });
  // It had no default, which SQLite takes away only by making the table anew.
  if (knex.client.config.client.includes('pg')) {
    await knex.raw(
      'alter table airflow_alerts alter column severity_rank drop default',
    );
  }
  await knex.raw('alter table airflow_alerts drop column urgency');
  await knex.raw('alter table airflow_alerts drop column news_at');
  await knex.schema.alterTable('airflow_alerts', table => {
    table.index(
      ['status', 'severity_rank', 'since', 'id'],
      'airflow_alerts_severity',
    );
  });
  await knex.schema.alterTable('airflow_dags', table => {
    table.dropIndex([], 'airflow_dags_failing_since');
  });
};
