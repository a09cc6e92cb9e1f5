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
 * Every moment is a count of milliseconds since 1970, so that both engines calculate alike.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('airflow_dags', table => {
    name(knex, table, 'owner_ref').nullable().comment('Entity ref');
    table.text('owner_source').nullable().comment('What decided it');
    table.text('owner_by').nullable().comment('What named it');
    table.index(['owner_ref', 'cluster', 'dag_id'], 'airflow_dags_owner_ref');
    table.bigInteger('first_seen_at').nullable();
  });

  await knex('airflow_dags').update({ first_seen_at: knex.ref('read_at') });

  await knex.schema.alterTable('airflow_runs', table => {
    table
      .bigInteger('due_at')
      .nullable()
      .comment('For when it was announced; null when such runs never are');
    table.index(['cluster', 'dag_id', 'due_at'], 'airflow_runs_due');
    table.index(
      ['cluster', 'dag_id', 'state', 'finished_at'],
      'airflow_runs_outcome',
    );
  });
  // Few runs of many go on, and they are asked for all the time.
  await knex.raw(
    `create index airflow_runs_unfinished on airflow_runs (cluster, dag_id) where finished_at is null`,
  );
  // Whether a run kept them is not stored of the runs so far; the next inventory announces anew.
  await knex('airflow_promised_runs').delete();

  await knex.schema.alterTable('airflow_collections', table => {
    table
      .bigInteger('failing_since')
      .nullable()
      .comment('First failure after a success');
  });

  await knex.schema.createTable('airflow_dag_owner_settings', table => {
    table.comment('Owners that people set in the portal');
    name(knex, table, 'cluster').notNullable();
    name(knex, table, 'dag_id').notNullable();
    name(knex, table, 'owner_ref').notNullable();
    table.text('set_by').notNullable().comment('Entity ref of the person');
    table.bigInteger('set_at').notNullable();
    table.primary(['cluster', 'dag_id']);
  });

  await knex.schema.createTable('airflow_alerts', table => {
    table.comment('What is or was wrong, one row from notice to proof');
    name(knex, table, 'id').notNullable().primary();
    name(knex, table, 'fingerprint').notNullable();
    table.text('occurrence').notNullable().comment('What exactly was seen');
    name(knex, table, 'rule').notNullable();
    name(knex, table, 'rule_type').notNullable();
    table.text('severity').notNullable();
    table.integer('severity_rank').notNullable().comment('0 is the worst');
    table.text('status').notNullable();
    name(knex, table, 'cluster').notNullable();
    name(knex, table, 'dag_id').nullable();
    table.text('run_id').nullable();
    table.text('subject').notNullable().comment('JSON');
    table.text('title').notNullable();
    table.text('observed').notNullable();
    table.text('expected').notNullable();
    table.bigInteger('since').notNullable();
    table.bigInteger('fired_at').nullable();
    table.bigInteger('last_seen_at').notNullable();
    table.bigInteger('facts_read_at').nullable();
    name(knex, table, 'owner_ref').nullable();
    table.text('owner').nullable().comment('JSON');
    table.text('failure').nullable().comment('JSON');
    table.text('acknowledged').nullable().comment('JSON');
    name(knex, table, 'acknowledged_by').nullable();
    table.text('resolution').nullable().comment('JSON');
    table.bigInteger('resolved_at').nullable();
    name(knex, table, 'inhibited_by').nullable();
    table.boolean('told').notNullable().comment('Somebody was told it fires');
    table.integer('reopened').notNullable();
    table.text('search_text').notNullable().comment('In lower case');
    table.index(['cluster', 'status'], 'airflow_alerts_cluster');
    table.index(
      ['status', 'severity_rank', 'since', 'id'],
      'airflow_alerts_severity',
    );
    table.index(['status', 'since', 'id'], 'airflow_alerts_since');
    table.index(['cluster', 'dag_id', 'status'], 'airflow_alerts_dag');
    table.index(['owner_ref', 'status'], 'airflow_alerts_owner');
    table.index(['fingerprint', 'resolved_at'], 'airflow_alerts_fingerprint');
    table.index(['inhibited_by'], 'airflow_alerts_inhibited');
    table.index(['resolved_at'], 'airflow_alerts_resolved');
  });
  // One fingerprint, one open alert, whatever two replicas do at once.
  await knex.raw(
    `create unique index airflow_alerts_open on airflow_alerts (fingerprint) where status <> 'resolved'`,
  );

  await knex.schema.createTable('airflow_alert_events', table => {
    table.comment('The timeline of each alert');
    name(knex, table, 'id').notNullable().primary();
    name(knex, table, 'alert_id').notNullable();
    table.bigInteger('at').notNullable();
    table.integer('nr').notNullable().comment('Order within one moment');
    table.text('kind').notNullable();
    table.text('by').nullable();
    table.text('text').notNullable();
    table
      .foreign('alert_id')
      .references('airflow_alerts.id')
      .onDelete('CASCADE');
    table.index(['alert_id', 'at', 'nr'], 'airflow_alert_events_alert');
  });

  await knex.schema.createTable('airflow_deliveries', table => {
    table.comment('The outbox: written with the alert, sent afterwards');
    name(knex, table, 'id').notNullable().primary();
    name(knex, table, 'key').notNullable().comment('Given to the channel');
    name(knex, table, 'alert_id').notNullable();
    table.text('notice').notNullable().comment('fired or resolved');
    name(knex, table, 'channel').notNullable();
    table.text('recipient').nullable().comment('Entity ref');
    table.text('status').notNullable();
    table.integer('attempts').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('next_attempt_at').nullable();
    table.bigInteger('leased_until').nullable();
    table.text('leased_by').nullable();
    table.bigInteger('delivered_at').nullable();
    table.text('last_error').nullable();
    table.unique(['key'], { indexName: 'airflow_deliveries_key' });
    table
      .foreign('alert_id')
      .references('airflow_alerts.id')
      .onDelete('CASCADE');
    table.index(['status', 'next_attempt_at'], 'airflow_deliveries_due');
    table.index(['created_at', 'id'], 'airflow_deliveries_created');
    table.index(['alert_id'], 'airflow_deliveries_alert');
  });

  await knex.schema.createTable('airflow_alert_evaluations', table => {
    table.comment('Locked while the alerts of a cluster are decided');
    name(knex, table, 'cluster').notNullable().primary();
    table.bigInteger('evaluated_at').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('airflow_alert_evaluations');
  await knex.schema.dropTable('airflow_deliveries');
  await knex.schema.dropTable('airflow_alert_events');
  await knex.schema.dropTable('airflow_alerts');
  await knex.schema.dropTable('airflow_dag_owner_settings');
  await knex.schema.alterTable('airflow_collections', table => {
    table.dropColumn('failing_since');
  });
  await knex.schema.alterTable('airflow_runs', table => {
    table.dropIndex([], 'airflow_runs_unfinished');
    table.dropIndex([], 'airflow_runs_outcome');
    table.dropIndex([], 'airflow_runs_due');
    table.dropColumn('due_at');
  });
  await knex.schema.alterTable('airflow_dags', table => {
    table.dropIndex([], 'airflow_dags_owner_ref');
    table.dropColumns('owner_ref', 'owner_source', 'owner_by', 'first_seen_at');
  });
};
