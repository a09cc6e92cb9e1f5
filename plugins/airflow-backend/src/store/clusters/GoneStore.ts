import type { Knex } from 'knex';
import { openStatuses } from '../alerts/alertFilter';
import { batches } from '../kit/batches';
import type { DagName } from '../runs/recentRuns';

/** What is stored by DAG; the DAG itself last, so that what was cut off is met again. */
const OF_DAGS = [
  'airflow_runs',
  'airflow_promised_runs',
  'airflow_dag_docs',
  'airflow_dag_zones',
  'airflow_dag_owner_settings',
  'airflow_dag_owners',
  'airflow_dag_tags',
  'airflow_dags',
];

/** What is stored by cluster beside its DAGs; that it was ever read last. Alerts and actions have their own retention. */
const OF_CLUSTERS = [
  'airflow_import_errors',
  'airflow_health_samples',
  'airflow_run_progress',
  'airflow_alert_evaluations',
  'airflow_alert_first_readings',
  'airflow_collections',
];

/** Forgets DAGs that Airflow no longer has, and clusters that are no longer configured. */
export class GoneStore {
  constructor(private readonly db: Knex) {}

  /** With everything of them, save for those of which an alert is open. */
  async removeDags(goneBefore: Date): Promise<number> {
    const rows: { cluster: string; dag_id: string }[] = await this.db(
      'airflow_dags as d',
    )
      .where('d.gone_at', '<', goneBefore.getTime())
      .whereNotExists(
        this.db('airflow_alerts as a')
          .select(this.db.raw('1'))
          .whereRaw('a.cluster = d.cluster')
          .whereRaw('a.dag_id = d.dag_id')
          .whereIn('a.status', openStatuses),
      )
      .orderBy(['d.cluster', 'd.dag_id'])
      .select('d.cluster', 'd.dag_id');
    const dags = rows.map(row => ({ cluster: row.cluster, dagId: row.dag_id }));
    await this.removeAll(dags);
    return dags.length;
  }

  /**
   * Everything of clusters that are none of these and that no backend has tried to read since.
   *
   * @returns which clusters they were
   */
  async removeClusters(of: {
    configured: readonly string[];
    triedBefore: Date;
  }): Promise<string[]> {
    const names: string[] = await this.db('airflow_collections')
      .whereNotIn('cluster', [...of.configured])
      .groupBy('cluster')
      .havingRaw('max(last_attempt_at) < ?', [of.triedBefore.getTime()])
      .orderBy('cluster')
      .pluck('cluster');
    for (const cluster of names) await this.removeCluster(cluster);
    return names;
  }

  private async removeCluster(cluster: string): Promise<void> {
    const dagIds: string[] = await this.db('airflow_dags')
      .where({ cluster })
      .orderBy('dag_id')
      .pluck('dag_id');
    await this.removeAll(dagIds.map(dagId => ({ cluster, dagId })));
    await this.db.transaction(async trx => {
      // What was read of a DAG before the DAG itself was.
      for (const table of OF_DAGS) await trx(table).where({ cluster }).delete();
      await trx('airflow_clusters').where({ name: cluster }).delete();
      for (const table of OF_CLUSTERS) {
        await trx(table).where({ cluster }).delete();
      }
    });
  }

  /** A batch at a time, so that no transaction holds a whole history. */
  private async removeAll(dags: readonly DagName[]): Promise<void> {
    for (const cluster of new Set(dags.map(dag => dag.cluster))) {
      const own = dags.filter(dag => dag.cluster === cluster);
      for (const batch of batches(own)) {
        const dagIds = batch.map(({ dagId }) => dagId);
        await this.db.transaction(async trx => {
          for (const table of OF_DAGS) {
            await trx(table)
              .where({ cluster })
              .whereIn('dag_id', dagIds)
              .delete();
          }
        });
      }
    }
  }
}
