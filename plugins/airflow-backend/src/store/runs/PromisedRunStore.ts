import type { Knex } from 'knex';
import { toInstant, type StoredNumber } from '../kit/moments';

/** A run that an Airflow announced. */
export interface PromisedRun {
  dagId: string;
  runAfter: string;
  announcedAt: string;
}

/** What Airflow announced, to be judged when its time has come. The inventory writes it with each DAG. */
export class PromisedRunStore {
  constructor(private readonly db: Knex) {}

  /** Those due within a window, oldest first. */
  async due(
    cluster: string,
    window: { from: Date; to: Date },
  ): Promise<PromisedRun[]> {
    const rows: {
      dag_id: string;
      run_after: StoredNumber;
      announced_at: StoredNumber;
    }[] = await this.db('airflow_promised_runs')
      .where({ cluster })
      .whereBetween('run_after', [window.from.getTime(), window.to.getTime()])
      .orderBy(['run_after', 'dag_id']);
    return rows.map(row => ({
      dagId: row.dag_id,
      runAfter: toInstant(row.run_after),
      announcedAt: toInstant(row.announced_at),
    }));
  }

  /**
   * Forgets what was due before a moment, and announced: who catches up is announced runs of years ago.
   *
   * @returns how many were forgotten
   */
  async removeBefore(moment: Date): Promise<number> {
    return this.db('airflow_promised_runs')
      .where('run_after', '<', moment.getTime())
      .where('announced_at', '<', moment.getTime())
      .delete();
  }
}
