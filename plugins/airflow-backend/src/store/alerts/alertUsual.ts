import type { Knex } from 'knex';
import { LONG_AGO } from './alertDags';
import { momentTable } from '../dags/dagMoments';
import { median } from '../kit/median';
import type { StoredNumber } from '../kit/moments';

/** Over how many successes the usual duration is taken, and how many there must be. */
const USUAL_RUNS = 25;
const LEAST_RUNS = 5;

/** How long runs of these DAGs usually take: the median of their newest successes, where there are enough. */
export async function readUsualDurations(
  db: Knex,
  cluster: string,
  dagIds: readonly string[],
): Promise<Map<string, number>> {
  const rows: { dag_id: string; duration_ms: StoredNumber }[] = await db(
    momentTable(
      db,
      dagIds.map(dagId => [dagId, 0] as const),
    ),
  )
    .joinRaw('cross join airflow_runs as r')
    .where('r.cluster', cluster)
    .whereRaw('r.dag_id = wanted.dag_id')
    .where('r.state', 'success')
    .whereNotNull('r.duration_ms')
    .whereRaw(
      `r.for_at >= coalesce((
        select n.for_at from airflow_runs n
        where n.cluster = ? and n.dag_id = wanted.dag_id and n.state = 'success'
        order by n.for_at desc limit 1 offset ?
      ), ?)`,
      [cluster, USUAL_RUNS - 1, LONG_AGO],
    )
    .select('r.dag_id', 'r.duration_ms');
  const durations = new Map<string, number[]>();
  for (const row of rows) {
    const own = durations.get(row.dag_id) ?? [];
    own.push(Number(row.duration_ms));
    durations.set(row.dag_id, own);
  }
  return new Map(
    [...durations].flatMap(([dagId, own]): [string, number][] => {
      const usual = own.length < LEAST_RUNS ? null : median(own);
      return usual === null ? [] : [[dagId, usual]];
    }),
  );
}
