import {
  dagRunStates,
  isUnfinished,
  type DagRun,
  type Instant,
  type runSorts,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { AirflowRun } from '../airflow';
import { batches, lastByKey } from './batches';
import { fingerprint } from './cursor';
import { keysetPage, type KeysetSort } from './keyset';
import type { StoredNumber } from './moments';
import { dagKey, refreshRunFacts, type DagName } from './recentRuns';
import { toRun, toRunRow, type RunRow } from './runRows';
import { whereRuns } from './runFilter';
import type { PageRequest, ReadScope, RunFilter, StoredPage } from './types';

export type RunSort = (typeof runSorts)[number];

/** Names one run of a cluster. */
export interface RunName {
  dagId: string;
  runId: string;
}

/** Over how many successful runs the usual duration is taken. */
const USUAL_RUNS = 25;

const ties = ['cluster', 'dag_id', 'run_id'];
const sorts: Record<RunSort, KeysetSort> = {
  '-runAfter': keyset('run_after', 'desc', false),
  runAfter: keyset('run_after', 'asc', false),
  '-startedAt': keyset('started_at', 'desc', true),
  startedAt: keyset('started_at', 'asc', true),
  '-durationMs': keyset('duration_ms', 'desc', true),
  durationMs: keyset('duration_ms', 'asc', true),
};

function keyset(
  column: string,
  direction: 'asc' | 'desc',
  nullable: boolean,
): KeysetSort {
  return { column, direction, nullable, ties };
}

/** The runs of the fleet within the retention. */
export class RunStore {
  constructor(private readonly db: Knex) {}

  /** @throws InputError when the cursor belongs to another sort or filter */
  async list(query: {
    scope: ReadScope;
    filter: RunFilter;
    /** `-runAfter` when left out. */
    sort?: RunSort;
    page: PageRequest;
  }): Promise<StoredPage<DagRun>> {
    const { scope, filter, sort = '-runAfter', page } = query;
    const matching = () => {
      const runs = this.db('airflow_runs');
      whereRuns(runs, scope, filter);
      return runs;
    };
    const { rows, nextCursor } = await keysetPage<RunRow>({
      rows: () => matching().select('*'),
      sort: sorts[sort],
      page,
      question: fingerprint({ list: 'runs', sort, filter }),
    });
    const [counted] = await matching().count({ total: '*' });
    return {
      items: rows.map(row => toRun(row)),
      nextCursor,
      total: Number(counted.total),
    };
  }

  async get(
    cluster: string,
    dagId: string,
    runId: string,
  ): Promise<DagRun | undefined> {
    const row: RunRow | undefined = await this.db('airflow_runs')
      .where({ cluster, dag_id: dagId, run_id: runId })
      .first();
    return row && toRun(row);
  }

  /** Those of the runs named that are stored, newest first. */
  async named(
    cluster: string,
    dagId: string,
    runIds: readonly string[],
  ): Promise<DagRun[]> {
    const rows: RunRow[] = await this.newestFirst(cluster, dagId).whereIn(
      'run_id',
      [...runIds],
    );
    return rows.map(row => toRun(row));
  }

  /** How many runs of a DAG are due within a window, both ends included. */
  async countDue(
    cluster: string,
    dagId: string,
    window: { runAfterFrom: Instant; runAfterTo: Instant },
  ): Promise<number> {
    const [counted] = await this.db('airflow_runs')
      .where({ cluster, dag_id: dagId })
      .whereBetween('run_after', [
        Date.parse(window.runAfterFrom),
        Date.parse(window.runAfterTo),
      ])
      .count({ total: '*' });
    return Number(counted.total);
  }

  /** The last `count` runs of a DAG, oldest first. */
  async recent(
    cluster: string,
    dagId: string,
    count: number,
  ): Promise<DagRun[]> {
    const rows: RunRow[] = await this.newestFirst(cluster, dagId).limit(count);
    return rows.map(row => toRun(row)).reverse();
  }

  /** Median of the last successful runs; null when there are none. */
  async usualDurationMs(
    cluster: string,
    dagId: string,
  ): Promise<number | null> {
    const rows: { duration_ms: StoredNumber }[] = await this.newestFirst(
      cluster,
      dagId,
    )
      .where('state', 'success')
      .whereNotNull('duration_ms')
      .limit(USUAL_RUNS);
    return median(rows.map(row => Number(row.duration_ms)));
  }

  /**
   * Stores runs as Airflow told them, and what they change about their DAGs.
   *
   * @param readAt - when Airflow was asked; what was read later stays as it is
   */
  async save(
    cluster: string,
    runs: readonly AirflowRun[],
    readAt: Date = new Date(),
  ): Promise<void> {
    // In one order, so that two writers of the same rows never wait for each other in a ring.
    const rows = lastByKey(runs, runKey)
      .map(run => toRunRow(cluster, run, readAt))
      .sort((a, b) => (runKeyOf(a) < runKeyOf(b) ? -1 : 1));
    for (const batch of batches(rows)) {
      await this.db.transaction(async trx => {
        await trx('airflow_runs')
          .insert(batch)
          .onConflict(['cluster', 'dag_id', 'run_id'])
          .merge()
          .whereRaw('airflow_runs.read_at <= excluded.read_at');
        await refreshRunFacts(
          trx,
          dagsOf(batch.map(row => ({ cluster, dagId: row.dag_id }))),
        );
      });
    }
  }

  /** Runs that may still change and were last read before a moment; the longest unread first. */
  async unfinished(
    cluster: string,
    readBefore: Date,
    limit: number,
  ): Promise<RunName[]> {
    return this.unread(cluster, readBefore, limit).whereIn(
      'state',
      dagRunStates.filter(isUnfinished),
    );
  }

  /**
   * Runs due since a moment that were last read before another; the longest unread first. Only of DAGs that Airflow
   * has listed since then: what is stored of a DAG that is gone is all that is left of it.
   */
  async unreadSince(
    cluster: string,
    window: { dueFrom: Date; readBefore: Date },
    limit: number,
  ): Promise<RunName[]> {
    return this.unread(cluster, window.readBefore, limit)
      .where('run_after', '>=', window.dueFrom.getTime())
      .where('run_after', '<', window.readBefore.getTime())
      .whereExists(
        this.db('airflow_dags as d')
          .select(this.db.raw('1'))
          .whereRaw('d.cluster = airflow_runs.cluster')
          .whereRaw('d.dag_id = airflow_runs.dag_id')
          .where('d.read_at', '>=', window.readBefore.getTime()),
      );
  }

  /** Forgets a run that was deleted in Airflow. */
  async remove(cluster: string, run: RunName): Promise<void> {
    await this.db.transaction(async trx => {
      await trx('airflow_runs')
        .where({ cluster, dag_id: run.dagId, run_id: run.runId })
        .delete();
      await refreshRunFacts(trx, [{ cluster, dagId: run.dagId }]);
    });
  }

  /**
   * Forgets finished runs that were due before a moment.
   *
   * @returns how many
   */
  async removeBefore(cluster: string, moment: Date): Promise<number> {
    const old = (db: Knex | Knex.Transaction) =>
      db('airflow_runs')
        .where({ cluster })
        .whereNotNull('finished_at')
        .where('run_after', '<', moment.getTime());
    const rows: { dag_id: string }[] = await old(this.db).distinct('dag_id');
    const dags = rows.map(row => ({ cluster, dagId: row.dag_id }));
    let removed = 0;
    for (const batch of batches(dags)) {
      removed += await this.db.transaction(async trx => {
        const count = await old(trx)
          .whereIn(
            'dag_id',
            batch.map(({ dagId }) => dagId),
          )
          .delete();
        await refreshRunFacts(trx, batch);
        return count;
      });
    }
    return removed;
  }

  private newestFirst(cluster: string, dagId: string): Knex.QueryBuilder {
    return this.db('airflow_runs')
      .where({ cluster, dag_id: dagId })
      .orderBy([
        { column: 'run_after', order: 'desc' },
        { column: 'run_id', order: 'desc' },
      ]);
  }

  private unread(
    cluster: string,
    readBefore: Date,
    limit: number,
  ): Knex.QueryBuilder<object, RunName[]> {
    return this.db('airflow_runs')
      .select({ dagId: 'dag_id', runId: 'run_id' })
      .where({ cluster })
      .where('read_at', '<', readBefore.getTime())
      .orderBy('read_at')
      .limit(limit);
  }
}

function runKey({ dagId, runId }: RunName): string {
  return JSON.stringify([dagId, runId]);
}

function runKeyOf(row: { dag_id: string; run_id: string }): string {
  return runKey({ dagId: row.dag_id, runId: row.run_id });
}

function dagsOf(names: readonly DagName[]): DagName[] {
  return lastByKey(names, dagKey);
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}
