import type {
  Dag,
  DagListItem,
  DagRun,
  Presence,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  DagFacets,
  DagSort,
  DagSortColumn,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Knex } from 'knex';
import type { AirflowDag } from '../../airflow';
import { isGone } from '../../insights/presence';
import { batches, lastByKey } from '../kit/batches';
import { fingerprint } from '../kit/cursor';
import { readDagFacets } from './dagFacets';
import { whereDags } from './dagFilter';
import {
  toDag,
  toDagRow,
  toPresence,
  type DagColumns,
  type DagRow,
} from './dagRows';
import { writeDagNames } from './dagNames';
import { keysetPage } from '../kit/keyset';
import { toInstant } from '../kit/moments';
import type { KeysetSort } from '../kit/keyset';
import { toMsOrNull, type StoredNumber } from '../kit/moments';
import { renewPromises } from '../runs/promises';
import { dagKey, readRecentRuns } from '../runs/recentRuns';
import { lockDags, refreshRunFacts } from '../runs/runFacts';
import type {
  DagFilter,
  PageRequest,
  ReadScope,
  StoredPage,
} from '../kit/types';

/** A stored DAG with what its runs say of it. */
export type StoredDag = Dag & Pick<DagListItem, 'successRate' | 'failing'>;

/** A DAG in a list as stored; what its zone is, is worked out. */
export type StoredDagItem = Omit<DagListItem, 'zone'>;

type PresenceRow = Pick<
  DagRow,
  'presence' | 'presence_since' | 'presence_reason'
>;

const sortColumns: Record<
  DagSortColumn,
  { column: string; nullable: boolean }
> = {
  displayName: { column: 'sort_name', nullable: false },
  cluster: { column: 'cluster', nullable: false },
  lastRunAt: { column: 'last_run_at', nullable: true },
  lastRunState: { column: 'last_run_state', nullable: true },
  failingSince: { column: 'failing_since', nullable: true },
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

  /** Whether Airflow still has each DAG of a cluster as far as is stored, and when it was last listed. */
  async presences(
    cluster: string,
  ): Promise<Map<string, { presence: Presence; readAt: Date }>> {
    const rows: (PresenceRow & { dag_id: string; read_at: StoredNumber })[] =
      await this.db('airflow_dags')
        .where({ cluster })
        .select(
          'dag_id',
          'presence',
          'presence_since',
          'presence_reason',
          'read_at',
        );
    return new Map(
      rows.map(row => [
        row.dag_id,
        { presence: toPresence(row), readAt: new Date(Number(row.read_at)) },
      ]),
    );
  }

  async transaction(
    act: (trx: Knex.Transaction) => Promise<void>,
  ): Promise<void> {
    await this.db.transaction(act);
  }

  /**
   * Keeps what became of DAGs; nothing is ever deleted.
   *
   * @param readAt - when Airflow was asked; what is known from later stays as it is
   */
  async savePresences(
    trx: Knex.Transaction,
    cluster: string,
    changed: ReadonlyMap<string, Presence>,
    readAt: Date,
  ): Promise<void> {
    const dags = [...changed.keys()].sort().map(dagId => ({ cluster, dagId }));
    for (const batch of batches(dags)) await lockDags(trx, batch);
    for (const { presence, dagIds } of alike(changed)) {
      for (const batch of batches(dagIds)) {
        await savePresence(trx, cluster, { dagIds: batch, presence, readAt });
      }
    }
  }

  /** Settles that DAGs which are doubted or vanished are gone for good, on the word of a person. */
  async settleGone(
    trx: Knex.Transaction,
    cluster: string,
    which: { dagId: string } | 'doubted',
    said: { by: string; reason: string; at: Date },
  ): Promise<void> {
    const { by, reason, at } = said;
    const dagIds: string[] = await trx('airflow_dags')
      .where({ cluster })
      .where(
        which === 'doubted'
          ? { presence: 'doubted' }
          : { presence: 'vanished', dag_id: which.dagId },
      )
      .pluck('dag_id');
    const presence: Presence = {
      state: 'deleted',
      since: at.toISOString(),
      reason: `${by} says that it is gone for good: ${reason}`,
    };
    for (const batch of batches(dagIds)) {
      await savePresence(trx, cluster, { dagIds: batch, presence, readAt: at });
    }
  }
}

/** Those of which the same is to be stored. */
function alike(
  changed: ReadonlyMap<string, Presence>,
): { presence: Presence; dagIds: string[] }[] {
  const groups = new Map<string, { presence: Presence; dagIds: string[] }>();
  for (const [dagId, presence] of changed) {
    const key = JSON.stringify(presence);
    const group = groups.get(key) ?? { presence, dagIds: [] };
    group.dagIds.push(dagId);
    groups.set(key, group);
  }
  return [...groups.values()];
}

async function savePresence(
  trx: Knex.Transaction,
  cluster: string,
  change: { dagIds: readonly string[]; presence: Presence; readAt: Date },
): Promise<void> {
  const { dagIds, presence, readAt } = change;
  const since = toMsOrNull(presence.since);
  await trx('airflow_dags')
    .where({ cluster })
    .whereIn('dag_id', [...dagIds])
    // Since when it is so stays.
    .whereNot('presence', presence.state)
    .where(older =>
      older
        .whereNull('presence_since')
        .orWhere('presence_since', '<=', readAt.getTime()),
    )
    .update({
      presence: presence.state,
      presence_since: since,
      presence_reason: presence.reason,
      gone_at: isGone(presence) ? since : null,
    });
  await renewPromises(trx, cluster, dagIds);
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
  const { success_rate, failures_in_a_row, failing_since } = row;
  return {
    ...toDag(row),
    successRate: success_rate,
    failing:
      failing_since === null
        ? null
        : { failures: failures_in_a_row, since: toInstant(failing_since) },
  };
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
