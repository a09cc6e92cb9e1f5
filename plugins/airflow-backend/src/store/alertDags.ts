import type { Knex } from 'knex';
import type { OwnershipRow } from './dagRows';
import type { StoredBoolean, StoredNumber } from './moments';

/** Before every moment that is stored. */
export const LONG_AGO = -9_000_000_000_000_000;

/** For how long after its time a promise that was not kept is looked at. */
const PROMISES_MS = 24 * 60 * 60_000;

const columns = [
  'cluster',
  'dag_id',
  'display_name',
  'paused',
  'has_import_errors',
  'tags',
  'owner_ref',
  'owner_source',
  'owner_by',
  'owners_missing',
  'first_seen_at',
];

/** A DAG that an alert may be about, with the moments by which its runs are looked up. */
export interface FactDagRow extends OwnershipRow {
  dag_id: string;
  display_name: string;
  paused: StoredBoolean;
  has_import_errors: StoredBoolean;
  tags: string;
  first_seen_at: StoredNumber | null;
  succeeded_at: StoredNumber | null;
  failed_at: StoredNumber | null;
  last_due_at: StoredNumber | null;
}

/** From when on promises are looked at. */
export function promisesFrom(now: Date): number {
  return now.getTime() - PROMISES_MS;
}

/**
 * The DAGs of a cluster that some rule or open alert may be about: whose newest finished run failed, which have runs
 * that go on, of which an announced run did not come, or of which an alert is open.
 */
export async function readAlertDags(
  db: Knex,
  cluster: string,
  query: { now: Date; everyDag: boolean },
): Promise<FactDagRow[]> {
  const runsOf = (state?: string) => {
    const runs = db('airflow_runs as r')
      .whereRaw('r.cluster = d.cluster')
      .whereRaw('r.dag_id = d.dag_id');
    return state ? runs.where('r.state', state) : runs;
  };
  const dags = db('airflow_dags as d')
    .where('d.cluster', cluster)
    .whereNull('d.gone_at')
    .select(columns.map(column => `d.${column}`))
    .select({
      succeeded_at: runsOf('success').max('r.finished_at'),
      failed_at: runsOf('failed').max('r.finished_at'),
      last_due_at: runsOf().max('r.due_at'),
    });
  const candidates = db(dags.as('d')).orderBy('d.dag_id');
  if (query.everyDag) return candidates;
  return candidates
    .whereRaw('d.failed_at > coalesce(d.succeeded_at, ?)', [LONG_AGO])
    .orWhereIn('d.dag_id', runs =>
      runs
        .select('dag_id')
        .from('airflow_runs')
        .where({ cluster })
        .whereNull('finished_at'),
    )
    .orWhereIn('d.dag_id', alerts =>
      alerts
        .select('dag_id')
        .from('airflow_alerts')
        .where({ cluster })
        .whereIn('status', ['pending', 'firing', 'acknowledged'])
        .whereNotNull('dag_id'),
    )
    .orWhereExists(promises =>
      promises
        .select(db.raw('1'))
        .from('airflow_promised_runs as p')
        .whereRaw('p.cluster = d.cluster')
        .whereRaw('p.dag_id = d.dag_id')
        .where('p.run_after', '>', promisesFrom(query.now))
        .where('p.run_after', '<=', query.now.getTime())
        .whereRaw('p.run_after > coalesce(d.last_due_at, ?)', [LONG_AGO]),
    );
}
