import type {
  Dag,
  DagFacets,
  DagListItem,
  DagRun,
  DagSort,
  DagSortColumn,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { AirflowDag } from '../airflow';
import { batches, lastByKey } from './batches';
import { fingerprint } from './cursor';
import { readDagFacets } from './dagFacets';
import { whereDags } from './dagFilter';
import { toDag, toDagRow, type DagColumns, type DagRow } from './dagRows';
import { writeDagNames } from './dagNames';
import { keysetPage } from './keyset';
import type { KeysetSort } from './keyset';
import { renewPromises } from './promises';
import { dagKey, readRecentRuns, refreshRunFacts } from './recentRuns';
import type { DagFilter, PageRequest, ReadScope, StoredPage } from './types';

/** A stored DAG with the figure that its runs give. */
export type StoredDag = Dag & { successRate: number | null };

/** A DAG in a list as stored; what its zone is, is worked out. */
export type StoredDagItem = Omit<DagListItem, 'zone'>;

const sortColumns: Record<
  DagSortColumn,
  { column: string; nullable: boolean }
> = {
  displayName: { column: 'sort_name', nullable: false },
  cluster: { column: 'cluster', nullable: false },
  lastRunAt: { column: 'last_run_at', nullable: true },
  lastRunState: { column: 'last_run_state', nullable: true },
  nextRunAt: { column: 'next_run_at', nullable: true },
  schedule: { column: 'sort_schedule', nullable: true },
  owner: { column: 'owner_ref', nullable: true },
  paused: { column: 'paused', nullable: false },
  successRate: { column: 'success_rate', nullable: true },
};

function isColumn(sort: string): sort is DagSortColumn {
  return sort in sortColumns;
}

function keysetSort(sort: DagSort): KeysetSort {
  const isReverse = sort.startsWith('-');
  const name = isReverse ? sort.slice(1) : sort;
  const column = isColumn(name) ? name : 'displayName';
  return {
    ...sortColumns[column],
    ties: column === 'cluster' ? ['dag_id'] : ['cluster', 'dag_id'],
    direction: isReverse ? 'desc' : 'asc',
  };
}

/** The DAGs of the fleet: what the inventory brought home, and what its runs add to each. */
export class DagStore {
  constructor(private readonly db: Knex) {}

  /** @throws InputError when the cursor belongs to another sort or filter */
  async list(query: {
    scope: ReadScope;
    filter: DagFilter;
    /** `displayName` when left out. */
    sort?: DagSort;
    page: PageRequest;
  }): Promise<StoredPage<StoredDagItem>> {
    const { scope, filter, sort = 'displayName', page } = query;
    const matching = () => {
      const dags = this.db('airflow_dags');
      whereDags(dags, scope, filter);
      return dags;
    };
    const { rows, nextCursor } = await keysetPage<DagRow>({
      rows: () => matching().select('airflow_dags.*'),
      sort: keysetSort(sort),
      page,
      question: fingerprint({ list: 'dags', sort, filter }),
    });
    const [counted] = await matching().count({ total: '*' });
    const dags = rows.map(row => toStoredDag(row));
    const runs = await readRecentRuns(this.db, dags);
    return {
      items: dags.map(dag => toListItem(dag, runs.get(dagKey(dag)) ?? [])),
      nextCursor,
      total: Number(counted.total),
    };
  }

  async facets(query: {
    scope: ReadScope;
    filter: DagFilter;
  }): Promise<DagFacets> {
    return readDagFacets(this.db, query.scope, query.filter);
  }

  async get(cluster: string, dagId: string): Promise<StoredDag | undefined> {
    const row: DagRow | undefined = await this.db('airflow_dags')
      .where({ cluster, dag_id: dagId })
      .first();
    return row && toStoredDag(row);
  }

  /** Keeps what Airflow answered to pausing or unpausing, so that lists show it before the next inventory. */
  async savePaused(cluster: string, dag: AirflowDag): Promise<void> {
    await this.save(cluster, [dag], new Date());
  }

  /**
   * Stores DAGs as Airflow listed them.
   *
   * @param readAt - when Airflow was asked; what was read later stays as it is
   */
  async save(
    cluster: string,
    dags: readonly AirflowDag[],
    readAt: Date,
  ): Promise<void> {
    // In the order in which other writers lock rows too.
    const rows = lastByKey(dags, ({ dagId }) => dagId)
      .map(dag => toDagRow(cluster, dag, readAt))
      .sort((a, b) => (a.dag_id < b.dag_id ? -1 : 1));
    for (const batch of batches(rows)) {
      await this.db.transaction(trx => saveBatch(trx, cluster, batch));
    }
  }

  /** Marks a DAG that was deleted in Airflow, until an inventory finds it again. */
  async markDeleted(cluster: string, dagId: string, at: Date): Promise<void> {
    await this.db.transaction(async trx => {
      await trx('airflow_dags')
        .where({ cluster, dag_id: dagId })
        .whereNull('gone_at')
        .update({ gone_at: at.getTime() });
      await renewPromises(trx, cluster, [dagId]);
    });
  }

  /**
   * Marks the DAGs that a complete inventory did not find; nothing is ever deleted.
   *
   * @returns how many were marked
   */
  async markGone(cluster: string, inventoryStartedAt: Date): Promise<number> {
    return this.db.transaction(async trx => {
      const gone: { dag_id: string }[] = await trx('airflow_dags')
        .where({ cluster })
        .whereNull('gone_at')
        .where('read_at', '<', inventoryStartedAt.getTime())
        .update({ gone_at: inventoryStartedAt.getTime() })
        .returning('dag_id');
      for (const batch of batches(gone)) {
        await renewPromises(
          trx,
          cluster,
          batch.map(row => row.dag_id),
        );
      }
      return gone.length;
    });
  }
}

async function saveBatch(
  trx: Knex.Transaction,
  cluster: string,
  rows: readonly DagColumns[],
): Promise<void> {
  await writeDagNames(trx, cluster, rows);
  await trx('airflow_dags')
    .insert(rows.map(row => ({ ...row, first_seen_at: row.read_at })))
    .onConflict(['cluster', 'dag_id'])
    .merge(columnsOf(rows))
    .whereRaw('airflow_dags.read_at <= excluded.read_at');
  const dagIds = rows.map(row => row.dag_id);
  await renewPromises(trx, cluster, dagIds);
  await refreshRunFacts(
    trx,
    dagIds.map(dagId => ({ cluster, dagId })),
  );
}

/** What a later reading may change; when a DAG was first seen stays. */
function columnsOf(rows: readonly DagColumns[]): string[] {
  return Object.keys(rows.at(0) ?? {});
}

function toStoredDag(row: DagRow): StoredDag {
  return { ...toDag(row), successRate: row.success_rate };
}

function toListItem(dag: StoredDag, runs: readonly DagRun[]): StoredDagItem {
  return {
    ...dag,
    lastRun: runs.at(-1) ?? null,
    recentRuns: runs.map(run => ({
      runId: run.runId,
      state: run.state,
      runAfter: run.runAfter,
      startedAt: run.startedAt,
      durationMs: run.durationMs,
    })),
  };
}
