import {
  dagRunStates,
  isUnfinished,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { RunAt } from '../../airflow';
import { toInstant } from '../kit/moments';
import type { RunRow } from './runRows';

/** Runs by when they are due, both ends included. */
export interface DueWindow {
  from: Date;
  to: Date;
}

/** Which stored runs have to be looked up in Airflow once more: they may have changed there, or be gone. */
export class RunCheckStore {
  constructor(private readonly db: Knex) {}

  /** Runs that may still change and were last read before a moment; the longest unread first. */
  async unfinished(
    cluster: string,
    readBefore: Date,
    limit: number,
  ): Promise<RunAt[]> {
    const rows = await this.unread(cluster, readBefore, limit).whereIn(
      'state',
      dagRunStates.filter(isUnfinished),
    );
    return rows.map(toRunAt);
  }

  /**
   * Runs that were alive since a moment and were last read before another; the longest unread first. Only of DAGs that
   * Airflow has listed since then: what is stored of a DAG that is gone is all that is left of it.
   */
  async unreadSince(
    cluster: string,
    window: { aliveFrom: Date; readBefore: Date },
    limit: number,
  ): Promise<RunAt[]> {
    const rows = await this.unread(cluster, window.readBefore, limit)
      .where('alive_at', '>=', window.aliveFrom.getTime())
      .where('run_after', '<', window.readBefore.getTime())
      .whereExists(
        this.db('airflow_dags as d')
          .select(this.db.raw('1'))
          .whereRaw('d.cluster = airflow_runs.cluster')
          .whereRaw('d.dag_id = airflow_runs.dag_id')
          .where('d.read_at', '>=', window.readBefore.getTime()),
      );
    return rows.map(toRunAt);
  }

  /** How many of the stored runs of a window Airflow should have. */
  async countPresent(cluster: string, window: DueWindow): Promise<number> {
    const [counted] = await this.dueWithin(cluster, window).count({
      total: '*',
    });
    return Number(counted.total);
  }

  /** For when the run is due that has so many newer ones in the window. */
  async dueAt(
    cluster: string,
    window: DueWindow,
    newer: number,
  ): Promise<Date | undefined> {
    const row: Pick<RunRow, 'run_after'> | undefined = await this.dueWithin(
      cluster,
      window,
    )
      .orderBy('run_after', 'desc')
      .offset(newer)
      .first('run_after');
    return row && new Date(Number(row.run_after));
  }

  /** Those that {@link RunCheckStore.countPresent} counts. */
  async present(cluster: string, window: DueWindow): Promise<RunAt[]> {
    const rows: RunAtRow[] = await this.dueWithin(cluster, window).select(
      'dag_id',
      'run_id',
      'run_after',
    );
    return rows.map(toRunAt);
  }

  /** Keeps the runs of a DAG that is gone from Airflow, and with it all that Airflow had of it. */
  async keepAbsent(cluster: string, dagId: string, at: Date): Promise<void> {
    await this.db('airflow_runs')
      .where({ cluster, dag_id: dagId })
      .update({ absent_at: at.getTime() });
  }

  private dueWithin(
    cluster: string,
    { from, to }: DueWindow,
  ): Knex.QueryBuilder {
    return this.db('airflow_runs')
      .where({ cluster, absent_at: null })
      .whereBetween('run_after', [from.getTime(), to.getTime()]);
  }

  private unread(
    cluster: string,
    readBefore: Date,
    limit: number,
  ): Knex.QueryBuilder<object, RunAtRow[]> {
    return this.db('airflow_runs')
      .select('dag_id', 'run_id', 'run_after')
      .where({ cluster })
      .where('read_at', '<', readBefore.getTime())
      .orderBy('read_at')
      .limit(limit);
  }
}

type RunAtRow = Pick<RunRow, 'dag_id' | 'run_id' | 'run_after'>;

function toRunAt(row: RunAtRow): RunAt {
  return {
    dagId: row.dag_id,
    runId: row.run_id,
    runAfter: toInstant(row.run_after),
  };
}
