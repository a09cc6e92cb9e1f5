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
  await knex.schema.createTable('airflow_clusters', table => {
    table.comment('What each Airflow last told about itself');
    name(knex, table, 'name').notNullable().primary();
    table.text('airflow_version').nullable().comment('With vendor suffix');
    table.text('api_version').nullable().comment('v1 or v2');
    table.text('capabilities').notNullable().comment('JSON array');
    table.text('components').notNullable().comment('JSON array');
    table.bigInteger('read_at').notNullable();
  });

  await knex.schema.createTable('airflow_collections', table => {
    table.comment('How the last reading of each kind of fact went');
    name(knex, table, 'cluster').notNullable();
    table.text('kind').notNullable().comment('health, inventory or runs');
    table.bigInteger('last_attempt_at').notNullable();
    table.bigInteger('last_success_at').nullable();
    table.integer('duration_ms').notNullable();
    table.integer('requests').notNullable();
    table.integer('skipped_rows').notNullable();
    table.text('problem').nullable().comment('JSON; null when all went well');
    table.primary(['cluster', 'kind']);
  });

  await knex.schema.createTable('airflow_run_progress', table => {
    table.comment('How far the reading of runs has come');
    name(knex, table, 'cluster').notNullable().primary();
    table
      .bigInteger('changed_since')
      .notNullable()
      .comment('Changes before this moment are stored');
    table.bigInteger('sweep_started_at').nullable();
    table.bigInteger('sweep_from').nullable().comment('Where the sweep ends');
    table
      .bigInteger('sweep_reached')
      .nullable()
      .comment('The sweep goes from new to old and has come to here');
    table.integer('sweep_skipped').notNullable().defaultTo(0);
    table.bigInteger('swept_at').nullable();
  });

  await knex.schema.createTable('airflow_dags', table => {
    table.comment('Every DAG of every cluster');
    name(knex, table, 'cluster').notNullable();
    name(knex, table, 'dag_id').notNullable();
    table.text('display_name').notNullable();
    table.text('description').nullable();
    table.boolean('paused').notNullable();
    table.boolean('has_import_errors').notNullable();
    table.text('tags').notNullable().comment('JSON array');
    table.text('owners').notNullable().comment('JSON array');
    table.text('schedule_kind').notNullable();
    table.text('schedule_expression').nullable();
    table.text('schedule_description').nullable();
    table.bigInteger('next_run_at').nullable();
    table.text('file_location').nullable();
    table.bigInteger('last_parsed_at').nullable();
    table.integer('max_active_runs').nullable();
    table.bigInteger('read_at').notNullable();
    table
      .bigInteger('gone_at')
      .nullable()
      .comment('When Airflow was first found to list it no longer');
    name(knex, table, 'sort_name').notNullable().comment('In lower case');
    name(knex, table, 'sort_owner').nullable().comment('First, in lower case');
    name(knex, table, 'sort_schedule').nullable().comment('In lower case');
    table.text('search_text').notNullable().comment('In lower case');
    table.bigInteger('last_run_at').nullable().comment('From its runs');
    name(knex, table, 'last_run_state').nullable().comment('From its runs');
    table.double('success_rate').nullable().comment('From its runs');
    table.primary(['cluster', 'dag_id']);
    table.index(['sort_name', 'cluster', 'dag_id'], 'airflow_dags_name');
    table.index(['last_run_at', 'cluster', 'dag_id'], 'airflow_dags_last_run');
    table.index(['last_run_state', 'cluster', 'dag_id'], 'airflow_dags_state');
    table.index(['next_run_at', 'cluster', 'dag_id'], 'airflow_dags_next_run');
    table.index(['sort_schedule', 'cluster', 'dag_id'], 'airflow_dags_sched');
    table.index(['sort_owner', 'cluster', 'dag_id'], 'airflow_dags_owner');
    table.index(['paused', 'cluster', 'dag_id'], 'airflow_dags_paused');
    table.index(['success_rate', 'cluster', 'dag_id'], 'airflow_dags_rate');
  });

  await knex.schema.createTable('airflow_dag_tags', table => {
    table.comment('The tags of each DAG, to filter by');
    name(knex, table, 'cluster').notNullable();
    name(knex, table, 'dag_id').notNullable();
    name(knex, table, 'tag').notNullable();
    table.primary(['cluster', 'dag_id', 'tag']);
    table.index(['tag', 'cluster', 'dag_id'], 'airflow_dag_tags_tag');
  });

  await knex.schema.createTable('airflow_dag_owners', table => {
    table.comment('The owners of each DAG as Airflow tells them');
    name(knex, table, 'cluster').notNullable();
    name(knex, table, 'dag_id').notNullable();
    name(knex, table, 'owner').notNullable();
    table.primary(['cluster', 'dag_id', 'owner']);
    table.index(['owner', 'cluster', 'dag_id'], 'airflow_dag_owners_owner');
  });

  await knex.schema.createTable('airflow_runs', table => {
    table.comment('DAG runs within the retention');
    name(knex, table, 'cluster').notNullable();
    name(knex, table, 'dag_id').notNullable();
    name(knex, table, 'run_id').notNullable();
    table.text('state').notNullable();
    table.text('type').notNullable();
    table.bigInteger('logical_date').nullable();
    table.bigInteger('run_after').notNullable();
    table.bigInteger('queued_at').nullable();
    table.bigInteger('started_at').nullable();
    table.bigInteger('ended_at').nullable();
    table.bigInteger('duration_ms').nullable();
    table.text('triggered_by').nullable();
    table.text('triggering_user').nullable();
    table.text('note').nullable();
    table.bigInteger('read_at').notNullable();
    table
      .bigInteger('finished_at')
      .nullable()
      .comment('Set exactly when it succeeded or failed');
    table.text('search_text').notNullable().comment('In lower case');
    table.primary(['cluster', 'dag_id', 'run_id']);
    table.index(
      ['cluster', 'dag_id', 'run_after', 'run_id'],
      'airflow_runs_of_dag',
    );
    table.index(
      ['run_after', 'cluster', 'dag_id', 'run_id'],
      'airflow_runs_run_after',
    );
    table.index(
      ['started_at', 'cluster', 'dag_id', 'run_id'],
      'airflow_runs_started',
    );
    table.index(
      ['duration_ms', 'cluster', 'dag_id', 'run_id'],
      'airflow_runs_duration',
    );
    table.index(
      ['state', 'finished_at', 'cluster', 'dag_id'],
      'airflow_runs_finished',
    );
    table.index(['cluster', 'read_at'], 'airflow_runs_read');
    table.index(['state', 'run_after'], 'airflow_runs_state');
  });

  await knex.schema.createTable('airflow_promised_runs', table => {
    table.comment('Every run that an Airflow announced for a DAG in service');
    name(knex, table, 'cluster').notNullable();
    name(knex, table, 'dag_id').notNullable();
    table.bigInteger('run_after').notNullable();
    table.bigInteger('announced_at').notNullable();
    table.primary(['cluster', 'dag_id', 'run_after']);
    table.index(['run_after'], 'airflow_promised_runs_run_after');
  });

  await knex.schema.createTable('airflow_import_errors', table => {
    table.comment('DAG files that an Airflow could not import');
    name(knex, table, 'cluster').notNullable();
    name(knex, table, 'id').notNullable();
    table.text('filename').notNullable();
    table.text('bundle').nullable();
    table.text('stack_trace').notNullable();
    table.bigInteger('occurred_at').nullable();
    table.primary(['cluster', 'id']);
    table.index(
      ['occurred_at', 'cluster', 'id'],
      'airflow_import_errors_occurred',
    );
  });

  await knex.schema.createTable('airflow_health_samples', table => {
    table.comment('The health of each cluster as it was read');
    name(knex, table, 'cluster').notNullable();
    table.bigInteger('sampled_at').notNullable();
    table.text('components').notNullable().comment('JSON array');
    table.primary(['cluster', 'sampled_at']);
    table.index(['sampled_at'], 'airflow_health_samples_at');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('airflow_health_samples');
  await knex.schema.dropTable('airflow_import_errors');
  await knex.schema.dropTable('airflow_promised_runs');
  await knex.schema.dropTable('airflow_runs');
  await knex.schema.dropTable('airflow_dag_owners');
  await knex.schema.dropTable('airflow_dag_tags');
  await knex.schema.dropTable('airflow_dags');
  await knex.schema.dropTable('airflow_run_progress');
  await knex.schema.dropTable('airflow_collections');
  await knex.schema.dropTable('airflow_clusters');
};
