import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { DuePromise } from '../../model/clusterFacts';
import { LONG_AGO, type FactDagRow } from './alertDags';
import { momentTable, type DagMoment } from '../dags/dagMoments';
import { toInstant, toInstantOrNull, type StoredNumber } from '../kit/moments';
import { toRun, type RunRow } from '../runs/runRows';

/** So many promises and runs of one DAG are looked at one by one. */
const MOST = 100;

/** A clock that is measured anew moves what is since when by so much at most. */
const CLOCK_MS = 60_000;

/** A timetable of Airflow 2 may let a run come so long after it was due, by what the run tells. */
const LONGEST_DELAY_MS = 8 * 24 * 60 * 60_000;

/** From when on a promise is to be kept: who catches up is announced runs of days ago. */
const AWAITED_AT = `case when p.announced_at > p.run_after then p.announced_at else p.run_after end`;

/** So many of the last runs that ended are looked at for when one of them made room. */
const MOST_ENDS = 25;

const ofPromise = (run: string) =>
  `${run}.cluster = unkept.cluster and ${run}.dag_id = unkept.dag_id`;

/** Backfills of Airflow 3, which alone tells when they were queued, do not count towards `max_active_runs`. */
const counts = (run: string) =>
  `not (${run}.type = 'backfill' and ${run}.queued_at is not null)`;

/** How many runs that count were under way at a moment. */
const underWay = (at: string) => `(select count(*) from airflow_runs o
  where ${ofPromise('o')} and ${counts('o')}
    and (o.finished_at > ${at} or o.finished_at is null)
    and coalesce(o.queued_at, o.started_at, o.due_at, o.run_after) <= ${at})`;

/** The last end of a run since a promise was to be kept before which there was no room. */
const FREED_AT = `(select max(ended.at) from (
    select r.finished_at as at from airflow_runs r
    where ${ofPromise('r')} and ${counts('r')}
      and r.finished_at > unkept.awaited_at
    order by r.finished_at desc limit ${MOST_ENDS}
  ) as ended
  where ${underWay('ended.at - 1')} >= unkept.max_active_runs)`;

interface PromiseRow {
  dag_id: string;
  run_after: StoredNumber;
  due_at: StoredNumber;
  announced_at: StoredNumber;
  under_way: StoredNumber;
  freed_at: StoredNumber | null;
}

/**
 * What was announced and is due, and what its run was for has no run; oldest first. Looked for are those since the
 * newest run that came by schedule, and since an open alert about them.
 *
 * Any run of the logical date keeps the promise, who ever started it: Airflow makes no second one. A run that tells
 * less keeps what is due when it is, or, where Airflow announced a moment and nothing more, what was due when it came.
 */
export async function readUnkeptPromises(
  db: Knex,
  cluster: string,
  dags: readonly FactDagRow[],
  now: Date,
): Promise<Map<string, DuePromise[]>> {
  const moments = dags.map((dag): DagMoment => {
    const since = Number(dag.last_due_at ?? LONG_AGO);
    const missedSince = Number(dag.missed_since ?? Infinity) - CLOCK_MS;
    return [dag.dag_id, Math.min(since, missedSince)];
  });
  const keptBy = (condition: string) => (kept: Knex.QueryBuilder) =>
    kept
      .select(db.raw('1'))
      .from('airflow_runs as r')
      .whereRaw('r.cluster = p.cluster and r.dag_id = p.dag_id')
      .whereRaw(condition);
  const unkept = db(momentTable(db, moments))
    .joinRaw('cross join airflow_promised_runs as p')
    .joinRaw(
      'join airflow_dags as d on d.cluster = p.cluster and d.dag_id = p.dag_id',
    )
    .where('p.cluster', cluster)
    .whereRaw('p.dag_id = wanted.dag_id')
    .whereRaw('p.run_after > wanted.at')
    .where('p.run_after', '<=', now.getTime())
    .whereNotExists(keptBy('r.logical_date = p.logical_date'))
    .whereNotExists(keptBy('r.due_at = p.due_at'))
    .whereNotExists(
      keptBy(
        `p.logical_date is null and r.due_at is not null
          and coalesce(r.queued_at, r.started_at) >= p.run_after`,
      ),
    )
    .select(
      'p.*',
      'd.max_active_runs',
      db.raw(`${AWAITED_AT} as awaited_at`),
      db.raw(
        'row_number() over (partition by p.dag_id order by p.run_after) as nr',
      ),
    );
  const rows: PromiseRow[] = await db(unkept.as('unkept'))
    .where('unkept.nr', '<=', MOST)
    .select(
      'unkept.*',
      db.raw(`${underWay('unkept.awaited_at')} as under_way`),
      db.raw(`${FREED_AT} as freed_at`),
    )
    .orderBy(['unkept.dag_id', 'unkept.run_after']);
  return byDag(rows, row => ({
    runAfter: toInstant(row.run_after),
    dueAt: toInstant(row.due_at),
    announcedAt: toInstant(row.announced_at),
    underWay: Number(row.under_way),
    freedAt: toInstantOrNull(row.freed_at),
  }));
}

/** The runs that came by schedule since something was missed of a DAG, oldest first. */
export async function readRunsSinceMissed(
  db: Knex,
  cluster: string,
  dags: readonly FactDagRow[],
): Promise<Map<string, DagRun[]>> {
  const moments = dags.flatMap((dag): DagMoment[] => {
    if (dag.missed_since === null) return [];
    const isDelayed = dag.schedule_kind === 'other';
    const delayMs = isDelayed ? LONGEST_DELAY_MS : 0;
    return [[dag.dag_id, Number(dag.missed_since) - delayMs - CLOCK_MS]];
  });
  const numbered = db(momentTable(db, moments))
    .joinRaw('cross join airflow_runs as r')
    .where('r.cluster', cluster)
    .whereRaw('r.dag_id = wanted.dag_id')
    .whereRaw('r.due_at >= wanted.at')
    .select(
      'r.*',
      db.raw(
        'row_number() over (partition by r.dag_id order by r.due_at) as nr',
      ),
    );
  const rows: RunRow[] = await db(numbered.as('numbered'))
    .where('nr', '<=', MOST)
    .orderBy(['dag_id', 'nr']);
  return byDag(rows, toRun);
}

function byDag<R extends { dag_id: string }, T>(
  rows: readonly R[],
  toFact: (row: R) => T,
): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const own = found.get(row.dag_id) ?? [];
    own.push(toFact(row));
    found.set(row.dag_id, own);
  }
  return found;
}
