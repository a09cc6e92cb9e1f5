import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import {
  whereAllowedDags,
  whereAllowedFiles,
  whereOfAllowedDags,
} from '../kit/permissionSql';
import type { ReadScope } from '../kit/types';

type Counts = NonNullable<Cluster['counts']>;

const DAY_MS = 24 * 60 * 60_000;

/** Counts over what is stored of each cluster, as far as the scope allows its DAGs. */
export async function readClusterCounts(
  db: Knex,
  { clusters }: ReadScope,
  now: Date,
): Promise<Map<string, Counts>> {
  const counts = new Map(
    clusters.map(({ name }): [string, Counts] => [
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
  const dags = () => {
    const all = db('airflow_dags').whereNull('gone_at');
    whereAllowedDags(all, clusters);
    return all;
  };
  const runs = (state: string) => {
    const all = db('airflow_runs').where('state', state);
    whereOfAllowedDags(all, clusters);
    return all;
  };
  const importErrors = db('airflow_import_errors');
  whereAllowedFiles(importErrors, clusters);
  const failed = runs('failed').where(
    'finished_at',
    '>=',
    now.getTime() - DAY_MS,
  );
  const questions: [keyof Counts, Knex.QueryBuilder][] = [
    ['dags', dags()],
    ['pausedDags', dags().where('paused', true)],
    ['importErrors', importErrors],
    ['runningRuns', runs('running')],
    ['queuedRuns', runs('queued')],
    ['failedRuns24h', failed],
  ];
  for (const [figure, query] of questions) {
    const rows: { cluster: string; count: number | string }[] = await query
      .select('cluster')
      .count({ count: '*' })
      .groupBy('cluster');
    for (const { cluster, count } of rows) {
      const own = counts.get(cluster);
      if (own) own[figure] = Number(count);
    }
  }
  return counts;
}
