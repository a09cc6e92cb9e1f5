// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('airflow_alerts', table => {
    table
      .bigInteger('noticed_at')
      .notNullable()
      .defaultTo(0)
      .comment('When the portal first saw it');
    table
      .boolean('old_news')
      .notNullable()
      .defaultTo(false)
      .comment('It was so already at the first reading');
    table
      .text('last_told')
      .notNullable()
      .defaultTo('nothing')
      .comment('nothing (or that it is over), fires, or flaps');
    table
      .text('openings')
      .notNullable()
      .defaultTo('[]')
      .comment('JSON; when it began to fire, of late');
    table.text('flapping').nullable().comment('JSON');
    table
      .text('explanation')
      .nullable()
      .comment('JSON; how far the search for the error is');
    table
      .bigInteger('explain_at')
      .nullable()
      .comment('When its error is looked for next');
  });
  await knex('airflow_alerts').update({
    noticed_at: knex.raw('coalesce(fired_at, last_seen_at)'),
  });
  await knex('airflow_alerts')
    .where({ told: true })
    .whereNot('status', 'resolved')
    .update({ last_told: 'fires' });
  // As SQL, since Knex would make the table anew on SQLite, and what refers to it would go with the old one.
  await knex.raw('alter table airflow_alerts drop column told');
  // Of many past alerts, few are owed to somebody, and few are to be explained.
  await knex.raw(
    `create index airflow_alerts_told on airflow_alerts (cluster) where last_told <> 'nothing'`,
  );
  await knex.raw(
    `create index airflow_alerts_explain on airflow_alerts (cluster, explain_at) where explain_at is not null`,
  );

  await knex.schema.createTable('airflow_alert_first_readings', table => {
    table.comment('What a rule finds until then is old news');
    table.text('cluster').notNullable();
    table.text('rule').notNullable();
    table.bigInteger('began_at').notNullable();
    table.bigInteger('ended_at').nullable();
    table.primary(['cluster', 'rule']);
  });

  await knex.schema.alterTable('airflow_deliveries', table => {
    table
      .text('told_with')
      .nullable()
      .comment('Those of one group and one moment are told as one notice');
    table.bigInteger('due_at').nullable().comment('That moment');
    table.text('receipt').nullable().comment('What the channel knows of it');
    table.index(['told_with', 'due_at'], 'airflow_deliveries_together');
  });
  await knex('airflow_deliveries')
    .where({ status: 'delivered' })
    .update({ status: 'sent' });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex('airflow_deliveries')
    .where({ status: 'sent' })
    .update({ status: 'delivered' });
  await knex.schema.alterTable('airflow_deliveries', table => {
    table.dropIndex([], 'airflow_deliveries_together');
    table.dropColumns('told_with', 'due_at', 'receipt');
  });
  await knex.schema.dropTable('airflow_alert_first_readings');
  await knex.schema.alterTable('airflow_alerts', table => {
    table.dropIndex([], 'airflow_alerts_explain');
    table.dropIndex([], 'airflow_alerts_told');
    table.boolean('told').notNullable().defaultTo(false);
  });
  await knex('airflow_alerts')
    .whereNot('last_told', 'nothing')
    .update({ told: true });
  // It had no default, which SQLite takes away only by making the table anew.
  if (knex.client.config.client.includes('pg')) {
    await knex.raw('alter table airflow_alerts alter column told drop default');
  }
  for (const column of [
    'noticed_at',
    'old_news',
    'last_told',
    'openings',
    'flapping',
    'explanation',
    'explain_at',
  ]) {
    await knex.raw('alter table airflow_alerts drop column ??', [column]);
  }
};
