import type { Knex } from 'knex';

/** Under which schedule a DAG announces its next run. */
const SCHEDULE = `(d.schedule_kind || ' ' || coalesce(d.schedule_expression, d.schedule_description, ''))`;

/** What an Airflow announces is by its own clock, when it was read by the portal's. */
const OFFSET = `coalesce((select c.clock_offset_ms from airflow_clusters c where c.name = d.cluster), 0)`;

/** The run of a `@continuous` DAG, announced for now at every parse, is owed since it first was. */
const RUN_AFTER = `case
  when excluded.schedule like 'continuous %' and excluded.schedule = airflow_promised_runs.schedule
  then airflow_promised_runs.run_after
  else excluded.run_after
end`;

/** What is due already when the schedule is found changed, and still announced, comes of the one before. */
const ANNOUNCED_BY = `case
  when excluded.run_after > excluded.announced_at or excluded.schedule like 'continuous %'
  then excluded.schedule
  else airflow_promised_runs.schedule
end`;

const IS_ANOTHER = `p.run_for <> coalesce(d.next_logical_date, d.next_run_at)`;

/**
 * A pause takes back what was due before it too, for when it began is not known. A DAG that is gone announces nothing;
 * what it owed stays, for it may come back. In Airflow 2 nothing is announced while `max_active_runs` is reached, and
 * in both nothing after the `end_date`. A run before the promised one shows that Airflow counts anew.
 */
const WITHDRAWN = `(
  p.run_after > coalesce(d.gone_at, d.read_at) + ${OFFSET} and (
    d.gone_at is not null or d.next_run_at is null or ${IS_ANOTHER}
  )
  or d.gone_at is null and (
    d.paused
    or d.next_run_at is null
    or ${IS_ANOTHER} and p.schedule <> ${SCHEDULE}
    or ${IS_ANOTHER} and p.run_after >= d.next_run_at
  )
)`;

/**
 * Brings what Airflow promised of these DAGs in line with what it announces now. The next run of each in service is
 * kept, under what it is for, whenever that may come.
 *
 * What is announced no longer is withdrawn, save what was due already and gave way to a later run of the same
 * schedule: Airflow never looks back at it, so that is judged.
 */
export async function renewPromises(
  trx: Knex.Transaction,
  cluster: string,
  dagIds: readonly string[],
): Promise<void> {
  if (dagIds.length === 0) return;
  const dagsNow = () =>
    trx('airflow_dags as d')
      .where('d.cluster', cluster)
      .whereIn('d.dag_id', [...dagIds]);
  const announced = await dagsNow()
    .where('d.paused', false)
    .whereNull('d.gone_at')
    .whereNotNull('d.next_run_at')
    .select('d.dag_id', 'd.next_logical_date as logical_date', {
      run_for: trx.raw('coalesce(d.next_logical_date, d.next_run_at)'),
      due_at: trx.raw('coalesce(d.next_due_at, d.next_run_at)'),
      run_after: 'd.next_run_at',
      schedule: trx.raw(SCHEDULE),
      announced_at: trx.raw(`d.read_at + ${OFFSET}`),
    });
  if (announced.length > 0) {
    await trx('airflow_promised_runs')
      .insert(announced.map(row => ({ cluster, ...row })))
      .onConflict(['cluster', 'dag_id', 'run_for'])
      .merge({
        due_at: trx.raw('excluded.due_at'),
        run_after: trx.raw(RUN_AFTER),
        schedule: trx.raw(ANNOUNCED_BY),
      });
  }
  await trx('airflow_promised_runs as p')
    .where('p.cluster', cluster)
    .whereIn('p.dag_id', [...dagIds])
    .whereExists(
      dagsNow()
        .select(trx.raw('1'))
        .whereRaw('d.dag_id = p.dag_id')
        .whereRaw(WITHDRAWN),
    )
    .delete();
}

/** A run that came and was deleted is owed no more. Where Airflow means to make it anew, it announces it anew. */
export async function forgetPromiseKeptBy(
  trx: Knex.Transaction,
  cluster: string,
  run: { dagId: string; runId: string },
): Promise<void> {
  await trx('airflow_promised_runs as p')
    .where({ 'p.cluster': cluster, 'p.dag_id': run.dagId })
    .whereExists(
      trx('airflow_runs as r')
        .select(trx.raw('1'))
        .where({
          'r.cluster': cluster,
          'r.dag_id': run.dagId,
          'r.run_id': run.runId,
        })
        .whereRaw('(r.logical_date = p.logical_date or r.due_at = p.due_at)'),
    )
    .delete();
}
