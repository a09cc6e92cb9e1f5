import type { Knex } from 'knex';

/**
 * Brings what Airflow promised of these DAGs in line with what it announces now: the next run of each in service is
 * kept, and what was still to come but is announced no longer is withdrawn. What is due already stays to be judged.
 */
export async function renewPromises(
  trx: Knex.Transaction,
  cluster: string,
  dagIds: readonly string[],
): Promise<void> {
  if (dagIds.length === 0) return;
  const ofThese = (query: Knex.QueryBuilder) =>
    query.where('d.cluster', cluster).whereIn('d.dag_id', [...dagIds]);
  const announced: {
    dag_id: string;
    run_after: string;
    announced_at: string;
  }[] = await ofThese(trx('airflow_dags as d'))
    .where('d.paused', false)
    .whereNull('d.gone_at')
    .whereNotNull('d.next_run_at')
    .select('d.dag_id', {
      run_after: 'd.next_run_at',
      announced_at: 'd.read_at',
    });
  if (announced.length > 0) {
    await trx('airflow_promised_runs')
      .insert(announced.map(row => ({ cluster, ...row })))
      .onConflict(['cluster', 'dag_id', 'run_after'])
      .ignore();
  }
  await trx('airflow_promised_runs as p')
    .where('p.cluster', cluster)
    .whereIn('p.dag_id', [...dagIds])
    .whereExists(withdrawn =>
      ofThese(withdrawn.select(trx.raw('1')).from('airflow_dags as d'))
        .whereRaw('d.dag_id = p.dag_id')
        .whereRaw('p.run_after > coalesce(d.gone_at, d.read_at)')
        .whereRaw(
          '(d.paused or d.gone_at is not null or d.next_run_at is distinct from p.run_after)',
        ),
    )
    .delete();
}
