import type { Knex } from 'knex';
import { openStatuses } from '../alerts/alertFilter';
import { toNumberOrNull, type StoredNumber } from '../kit/moments';

/** A cluster with open alerts, or with such as are over and not told to be, about which nobody decides any more. */
export interface LeftCluster {
  name: string;
  /** When was last decided about it; null when never. */
  evaluatedAt: number | null;
}

/** Clusters that have open alerts or owe news of them, are none of these, and were last decided about before a moment, or never. */
export async function leftClusters(
  db: Knex,
  of: { configured: readonly string[]; before: Date },
): Promise<LeftCluster[]> {
  const rows: { cluster: string; evaluated_at: StoredNumber | null }[] =
    await db('airflow_alerts as a')
      .leftJoin('airflow_alert_evaluations as e', 'e.cluster', 'a.cluster')
      .where(unfinished =>
        unfinished
          .whereIn('a.status', openStatuses)
          .orWhereNot('a.last_told', 'nothing'),
      )
      .whereNotIn('a.cluster', [...of.configured])
      .where(late =>
        late
          .whereNull('e.evaluated_at')
          .orWhere('e.evaluated_at', '<', of.before.getTime()),
      )
      .distinct('a.cluster', 'e.evaluated_at')
      .orderBy('a.cluster');
  return rows.map(row => ({
    name: row.cluster,
    evaluatedAt: toNumberOrNull(row.evaluated_at),
  }));
}
