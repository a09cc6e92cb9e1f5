import type { Knex } from 'knex';
import type { OwnershipRow } from '../dags/dagRows';
import type { StoredBoolean, StoredNumber } from '../kit/moments';
import { overtaking } from '../runs/runFacts';
import { dagsOfOpenAlerts } from './openAlerts';

/** Before every moment that is stored. */
export const LONG_AGO = -9_000_000_000_000_000;

/** For how long after its time, or after it was announced, nothing but a promise that was not kept has a DAG looked at. */
const PROMISES_MS = 24 * 60 * 60_000;

/** For how long after it failed an overtaken run is news. */
const OVERTAKEN_MS = 24 * 60 * 60_000;

const columns = [
  'cluster',
  'dag_id',
  'display_name',
  'paused',
  'has_import_errors',
  'schedule_kind',
  'schedule_expression',
  'schedule_description',
  'next_run_at',
  'read_at',
  'max_active_runs',
  'tags',
  'owner_ref',
  'owner_source',
  'owner_by',
  'owners_missing',
  'first_seen_at',
  'presence',
  'presence_since',
  'failures_in_a_row',
  'failing_since',
  'failing_from',
  'last_success_run',
];

/** A DAG that an alert may be about, with the moments by which its runs are looked up. */
export interface FactDagRow extends OwnershipRow {
  dag_id: string;
  display_name: string;
  paused: StoredBoolean;
  has_import_errors: StoredBoolean;
  schedule_kind: string;
  schedule_expression: string | null;
  schedule_description: string | null;
  next_run_at: StoredNumber | null;
  read_at: StoredNumber;
  max_active_runs: number | null;
  tags: string;
  first_seen_at: StoredNumber | null;
  presence: string;
  presence_since: StoredNumber | null;
  failures_in_a_row: number;
  failing_since: StoredNumber | null;
  failing_from: StoredNumber | null;
  last_success_run: string | null;
  last_due_at: StoredNumber | null;
  /** Since when the oldest open alert about a missed run has it missing, by the cluster's clock. */
  missed_since: StoredNumber | null;
}

/** From when on overtaken runs that failed are looked at. */
export function overtakenFrom(now: Date): number {
  return now.getTime() - OVERTAKEN_MS;
}

/** An alert may be of before the clock was set; of two moments at which it may have begun the earlier shows both. */
const EARLIER_OFFSET = `case when c.clock_before_ms < c.clock_offset_ms then c.clock_before_ms else c.clock_offset_ms end`;

/**
 * The DAGs of a cluster that some rule or open alert may be about: which are failing, of which an overtaken run failed,
 * which have runs that go on, of which an announced run did not come, or of which an alert is open.
 */
export async function readAlertDags(
  db: Knex,
  cluster: string,
  query: { now: Date; everyDag: boolean },
): Promise<FactDagRow[]> {
  const from = query.now.getTime() - PROMISES_MS;
  const dags = db('airflow_dags as d')
    .where('d.cluster', cluster)
    // What was under way when a file went ends all the same.
    .where(kept =>
      kept.whereNull('d.gone_at').orWhere('d.presence', 'vanished'),
    )
    .select(columns.map(column => `d.${column}`))
    .select({
      last_due_at: db('airflow_runs as r')
        .whereRaw('r.cluster = d.cluster')
        .whereRaw('r.dag_id = d.dag_id')
        .max('r.due_at'),
      missed_since: db.raw(
        `(select min(a.since) from airflow_alerts a
          where a.cluster = d.cluster and a.dag_id = d.dag_id
            and a.status in ('pending', 'firing', 'acknowledged') and a.rule_type = 'run-missed')
          + coalesce((select ${EARLIER_OFFSET} from airflow_clusters c where c.name = d.cluster), 0)`,
      ),
    });
  const candidates = db(dags.as('d')).orderBy('d.dag_id');
  if (query.everyDag) return candidates;
  return candidates
    .where('d.failures_in_a_row', '>', 0)
    .orWhereIn('d.dag_id', overtaken =>
      overtaken
        .select('f.dag_id')
        .from('airflow_runs as f')
        .where({ 'f.cluster': cluster, 'f.state': 'failed' })
        .where('f.finished_at', '>=', overtakenFrom(query.now))
        .whereRaw(`exists (${overtaking('f')})`),
    )
    .orWhereIn('d.dag_id', runs =>
      runs
        .select('dag_id')
        .from('airflow_runs')
        .where({ cluster })
        .whereNull('finished_at'),
    )
    .orWhereIn('d.dag_id', alerts => dagsOfOpenAlerts(alerts, cluster))
    .orWhereExists(promises =>
      promises
        .select(db.raw('1'))
        .from('airflow_promised_runs as p')
        .whereRaw('p.cluster = d.cluster')
        .whereRaw('p.dag_id = d.dag_id')
        .whereRaw('p.run_after > coalesce(d.last_due_at, ?)', [LONG_AGO])
        .where('p.run_after', '<=', query.now.getTime())
        // Who catches up is announced runs of days ago.
        .whereRaw('(p.run_after > ? or p.announced_at > ?)', [from, from])
        .whereRaw('p.due_at > coalesce(d.last_due_at, ?)', [LONG_AGO]),
    );
}
