import {
  type DagRun,
  type Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { runSorts } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Knex } from 'knex';
import type { AirflowRun } from '../../airflow';
import { openStatuses } from '../alerts/alertFilter';
import { batches, lastByKey } from '../kit/batches';
import { fingerprint } from '../kit/cursor';
import { keysetPage, type KeysetSort } from '../kit/keyset';
import { median } from '../kit/median';
import type { StoredNumber } from '../kit/moments';
import { dagKey, type DagName } from './recentRuns';
import { forgetPromiseKeptBy } from './promises';
import { refreshRunFacts } from './runFacts';
import { merged, toRun, toRunRow, type RunRow } from './runRows';
import { whereRuns } from './runFilter';
import type {
  PageRequest,
  ReadScope,
  RunFilter,
  StoredPage,
} from '../kit/types';

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

  /** The last `count` runs of a DAG in the order of what they are for, oldest first. */
  async recent(
    cluster: string,
    dagId: string,
    count: number,
  ): Promise<DagRun[]> {
    const rows: RunRow[] = await this.newestFirst(cluster, dagId).limit(count);
    return rows.map(row => toRun(row)).reverse();
  }

  /** Runs of a DAG that take a place of its `max_active_runs`, `most` at most; those of a backfill do not. */
  async underWay(
    cluster: string,
    dagId: string,
    most: number,
  ): Promise<string[]> {
    return this.newestFirst(cluster, dagId)
      .where('state', 'running')
      .whereNot('type', 'backfill')
      .limit(most)
      .pluck('run_id');
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
          .merge(merged(trx, Object.keys(batch[0])))
          .whereRaw('airflow_runs.read_at <= excluded.read_at');
        await refreshRunFacts(
          trx,
          dagsOf(batch.map(row => ({ cluster, dagId: row.dag_id }))),
        );
      });
    }
  }

  /** Forgets a run that was deleted in Airflow. */
  async remove(cluster: string, run: RunName): Promise<void> {
    await this.db.transaction(async trx => {
      await forgetPromiseKeptBy(trx, cluster, run);
      await trx('airflow_runs')
        .where({ cluster, dag_id: run.dagId, run_id: run.runId })
        .delete();
      await refreshRunFacts(trx, [{ cluster, dagId: run.dagId }]);
    });
  }

  /**
   * Forgets finished runs that were last alive before a moment. Those that open alerts name stay as long as these: that
   * the portal forgets a failure is no proof that it is over.
   *
   * @returns how many
   */
  async removeBefore(cluster: string, moment: Date): Promise<number> {
    const old = (db: Knex | Knex.Transaction) =>
      db('airflow_runs')
        .where({ cluster })
        .whereNotNull('finished_at')
        .where('alive_at', '<', moment.getTime())
        .whereNotExists(
          db('airflow_alerts as a')
            .select(db.raw('1'))
            .whereRaw('a.cluster = airflow_runs.cluster')
            .whereRaw('a.dag_id = airflow_runs.dag_id')
            .whereRaw('a.run_id = airflow_runs.run_id')
            .whereIn('a.status', openStatuses),
        );
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
        { column: 'for_at', order: 'desc' },
        { column: 'run_id', order: 'desc' },
      ]);
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
