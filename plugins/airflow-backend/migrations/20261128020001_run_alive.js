// @ts-check

const moments = ['run_after', 'due_at', 'queued_at', 'started_at', 'ended_at'];

/**
 * Since when nothing is known to have happened to a run: what the retention goes by. A backfilled run is due years ago
 * on Airflow 2 though it ran today.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('airflow_runs', table => {
    table
      .bigInteger('alive_at')
      .notNullable()
      .defaultTo(0)
      .comment('The newest of its moments, and of its changes of state');
    table.index(['cluster', 'alive_at'], 'airflow_runs_alive');
  });
  const isPostgres = knex.client.config.client.includes('pg');
  const newest = isPostgres ? 'greatest' : 'max';
  const told = moments.map(moment => `coalesce(${moment}, run_after)`);
  await knex('airflow_runs').update({
    alive_at: knex.raw(`${newest}(${told.join(', ')})`),
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('airflow_runs', table => {
    table.dropIndex(['cluster', 'alive_at'], 'airflow_runs_alive');
    table.dropColumn('alive_at');
  });
};
