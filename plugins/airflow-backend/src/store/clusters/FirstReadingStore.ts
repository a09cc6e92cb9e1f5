import type { Knex } from 'knex';
import { batches } from '../kit/batches';
import { toNumberOrNull, type StoredNumber } from '../kit/moments';

/** When a rule looked at a cluster for the first time, and when it was through with it. */
export interface FirstReading {
  rule: string;
  beganAt: Date;
  endedAt: Date | null;
}

/** How far rules are with clusters that they have not been through before. */
export class FirstReadingStore {
  constructor(private readonly db: Knex) {}

  /** By the name of the rule. */
  async of(cluster: string, db = this.db): Promise<Map<string, FirstReading>> {
    const rows: {
      rule: string;
      began_at: StoredNumber;
      ended_at: StoredNumber | null;
    }[] = await db('airflow_alert_first_readings').where({ cluster });
    return new Map(
      rows.map(({ rule, began_at, ended_at }) => {
        const endedAt = toNumberOrNull(ended_at);
        return [
          rule,
          {
            rule,
            beganAt: new Date(Number(began_at)),
            endedAt: endedAt === null ? null : new Date(endedAt),
          },
        ];
      }),
    );
  }

  /** Part of the transaction that stores what the rules found. */
  async save(
    trx: Knex.Transaction,
    cluster: string,
    readings: readonly FirstReading[],
  ): Promise<void> {
    const rows = readings.map(({ rule, beganAt, endedAt }) => ({
      cluster,
      rule,
      began_at: beganAt.getTime(),
      ended_at: endedAt && endedAt.getTime(),
    }));
    for (const batch of batches(rows)) {
      await trx('airflow_alert_first_readings')
        .insert(batch)
        .onConflict(['cluster', 'rule'])
        .merge(['ended_at']);
    }
  }

  /** A cluster that left is read for the first time when it comes back. */
  async forget(trx: Knex.Transaction, cluster: string): Promise<void> {
    await trx('airflow_alert_first_readings').where({ cluster }).delete();
  }
}
