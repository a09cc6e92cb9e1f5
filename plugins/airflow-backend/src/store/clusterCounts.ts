import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';

type Counts = NonNullable<Cluster['counts']>;

const DAY_MS = 24 * 60 * 60_000;

/** Counts over what is stored of each cluster. */
export async function readClusterCounts(
  db: Knex,
  clusters: readonly string[],
  now: Date,
): Promise<Map<string, Counts>> {
  const counts = new Map(
    clusters.map((name): [string, Counts] => [
      name,
      {
        dags: 0,
        pausedDags: 0,
        importErrors: 0,
        runningRuns: 0,
        queuedRuns: 0,
        failedRuns24h: 0,
      },
    ]),
  );
  const dags = () => db('airflow_dags').whereNull('gone_at');
  const failed = db('airflow_runs')
    .where('state', 'failed')
    .where('finished_at', '>=', now.getTime() - DAY_MS);
  const questions: [keyof Counts, Knex.QueryBuilder][] = [
    ['dags', dags()],
    ['pausedDags', dags().where('paused', true)],
    ['importErrors', db('airflow_import_errors')],
    ['runningRuns', db('airflow_runs').where('state', 'running')],
    ['queuedRuns', db('airflow_runs').where('state', 'queued')],
    ['failedRuns24h', failed],
  ];
  for (const [figure, query] of questions) {
    const rows: { cluster: string; count: number | string }[] = await query
      .select('cluster')
      .count({ count: '*' })
      .whereIn('cluster', clusters)
      .groupBy('cluster');
    for (const { cluster, count } of rows) {
      const own = counts.get(cluster);
      if (own) own[figure] = Number(count);
    }
  }
  return counts;
}
