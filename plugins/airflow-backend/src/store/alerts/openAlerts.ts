import type { Knex } from 'knex';

/** A subquery: the DAGs of a cluster of which an alert is open, and which are therefore looked at whatever they do. */
export function dagsOfOpenAlerts(
  alerts: Knex.QueryBuilder,
  cluster: string,
): void {
  alerts
    .select('dag_id')
    .from('airflow_alerts')
    .where({ cluster })
    .whereIn('status', ['pending', 'firing', 'acknowledged'])
    .whereNotNull('dag_id');
}
