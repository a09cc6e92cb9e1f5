import type { Knex } from 'knex';
import type { StoredAlert } from '../../model/storedAlerts';
import { openStatuses } from './alertFilter';
import { toStoredAlert, type AlertRow } from './alertRows';
import { batches, lastByKey } from '../kit/batches';

/** Which resolved alerts a decision looks at, beside the open ones and those of which is still to be told that they are over. */
export interface PastAlerts {
  /** Of each of these the newest one, however old. */
  fingerprints: readonly string[];
  /** All that were resolved since. */
  resolvedSince: Date;
}

/** What a decision about a cluster rests on. */
export async function readForDecision(
  db: Knex,
  cluster: string,
  { fingerprints, resolvedSince }: PastAlerts,
): Promise<StoredAlert[]> {
  const recent: AlertRow[] = await db('airflow_alerts')
    .where({ cluster })
    .where(relevant =>
      relevant
        .whereIn('status', openStatuses)
        .orWhereNot('last_told', 'nothing')
        .orWhere('resolved_at', '>=', resolvedSince.getTime()),
    );
  const rows = [...recent];
  for (const batch of batches([...new Set(fingerprints)])) {
    const numbered = db('airflow_alerts')
      .whereIn('fingerprint', batch)
      .where('status', 'resolved')
      .select(
        '*',
        db.raw(
          'row_number() over (partition by fingerprint order by resolved_at desc, id) as nr',
        ),
      );
    const newest: AlertRow[] = await db(numbered.as('numbered')).where('nr', 1);
    rows.push(...newest);
  }
  return lastByKey(rows, ({ id }) => id).map(row => toStoredAlert(row));
}
