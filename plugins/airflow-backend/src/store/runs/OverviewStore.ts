import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { FailingDag } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Knex } from 'knex';
import { whereOfAllowedDags } from '../kit/permissionSql';
import { whereDags, whereOfDags } from '../dags/dagFilter';
import {
  parseNames,
  toOwnership,
  toPresence,
  type DagRow,
  type OwnershipRow,
} from '../dags/dagRows';
import {
  toInstant,
  type StoredBoolean,
  type StoredNumber,
} from '../kit/moments';
import { dagKey, type DagName } from './recentRuns';
import { toRun, type RunRow } from './runRows';
import type { ReadScope } from '../kit/types';

/** What is failing, what recovered within a window, and how runs went on in it. */
export interface StoredOverview {
  runs: { success: number; failed: number; running: number; queued: number };
  /** Failing first, then recovered; newest failure first. At most 100. */
  failingDags: FailingDag[];
  failingTotal: number;
  recoveredTotal: number;
  longestRunning: DagRun[];
}

const FAILING_DAGS = 100;
const LONGEST_RUNNING = 10;

interface FailedDagRow
  extends OwnershipRow,
    Pick<DagRow, 'presence' | 'presence_since' | 'presence_reason'> {
  cluster: string;
  dag_id: string;
  display_name: string;
  paused: StoredBoolean;
  owners: string;
  failures_in_a_row: number;
  failing_since: StoredNumber | null;
  last_failed_run: string;
  last_failed_at: StoredNumber;
  recovered_by: string | null;
}

/** How often a DAG failed within a window, and since when. */
interface Failures {
  count: number;
  first: StoredNumber;
}

/** Answers the overview's question over the whole fleet. */
export class OverviewStore {
  constructor(private readonly db: Knex) {}

  async read(query: {
    scope: ReadScope;
    since: Date;
    /** Entity refs; only what is of DAGs that one of them owns. */
    owners?: readonly string[];
  }): Promise<StoredOverview> {
    const { scope, since, owners } = query;
    const runs = () => {
      const within = this.db('airflow_runs');
      whereOfAllowedDags(within, scope.clusters);
      whereOfDags(within, scope.clusters, { owners });
      return within;
    };
    const dags = () => {
      const all = this.db('airflow_dags');
      whereDags(all, scope, { owners });
      return all;
    };
    // Whether a DAG is failing does not depend on the window: a failure of long ago that nothing mended is one.
    const failing = () => dags().whereRaw('failures_in_a_row > 0');
    const recovered = () =>
      dags()
        .where('failures_in_a_row', 0)
        .where('last_failed_at', '>=', since.getTime());
    const shown = await newestFailures(failing(), FAILING_DAGS);
    const left = FAILING_DAGS - shown.length;
    if (left > 0) shown.push(...(await newestFailures(recovered(), left)));
    return {
      runs: await runCounts(runs, since),
      failingDags: await this.withRuns(shown, since),
      failingTotal: await countOf(failing()),
      recoveredTotal: await countOf(recovered()),
      longestRunning: await longestRunning(this.db, runs()),
    };
  }

  private async withRuns(
    rows: readonly FailedDagRow[],
    since: Date,
  ): Promise<FailingDag[]> {
    const recovered = rows.filter(row => row.failures_in_a_row === 0);
    const failures = await this.failuresWithin(recovered, since);
    const runs = await this.runsNamed(
      rows.flatMap(row => {
        const ids = [row.last_failed_run, row.recovered_by];
        return ids.flatMap(runId =>
          runId === null ? [] : [[row.cluster, row.dag_id, runId]],
        );
      }),
    );
    return rows.flatMap(row => {
      const dag = { cluster: row.cluster, dagId: row.dag_id };
      const runOf = (runId: string | null) =>
        runs.get(JSON.stringify([dag.cluster, dag.dagId, runId])) ?? null;
      const lastFailedRun = runOf(row.last_failed_run);
      if (!lastFailedRun) return [];
      const within = failures.get(dagKey(dag));
      return {
        ...dag,
        displayName: row.display_name,
        paused: Boolean(row.paused),
        presence: toPresence(row),
        owners: parseNames(row.owners),
        owner: toOwnership(row),
        failures: within?.count ?? row.failures_in_a_row,
        firstFailedAt: toInstant(
          within?.first ?? row.failing_since ?? row.last_failed_at,
        ),
        lastFailedRun,
        recoveredBy: runOf(row.recovered_by),
      };
    });
  }

  private async failuresWithin(
    dags: readonly FailedDagRow[],
    since: Date,
  ): Promise<Map<string, Failures>> {
    const rows: (DagName & { count: number | string; first: StoredNumber })[] =
      await this.db('airflow_runs')
        .select({ cluster: 'cluster', dagId: 'dag_id' })
        .count({ count: '*' })
        .min({ first: 'finished_at' })
        .where('state', 'failed')
        .where('finished_at', '>=', since.getTime())
        .whereIn(
          ['cluster', 'dag_id'],
          dags.map(({ cluster, dag_id }) => [cluster, dag_id]),
        )
        .groupBy('cluster', 'dag_id');
    return new Map(
      rows.map(({ count, first, ...dag }) => [
        dagKey(dag),
        { count: Number(count), first },
      ]),
    );
  }

  private async runsNamed(
    names: readonly string[][],
  ): Promise<Map<string, DagRun>> {
    const rows: RunRow[] = await this.db('airflow_runs').whereIn(
      ['cluster', 'dag_id', 'run_id'],
      [...names],
    );
    return new Map(
      rows.map((row): [string, DagRun] => [
        JSON.stringify([row.cluster, row.dag_id, row.run_id]),
        toRun(row),
      ]),
    );
  }
}

async function newestFailures(
  dags: Knex.QueryBuilder,
  limit: number,
): Promise<FailedDagRow[]> {
  return dags
    .select('airflow_dags.*')
    .orderBy([
      { column: 'last_failed_at', order: 'desc' },
      { column: 'cluster' },
      { column: 'dag_id' },
    ])
    .limit(limit);
}

async function countOf(rows: Knex.QueryBuilder): Promise<number> {
  const [counted]: { total: number | string }[] = await rows.count({
    total: '*',
  });
  return Number(counted.total);
}

async function runCounts(
  runs: () => Knex.QueryBuilder,
  since: Date,
): Promise<StoredOverview['runs']> {
  const finished = runs()
    .whereIn('state', ['success', 'failed'])
    .where('finished_at', '>=', since.getTime());
  const unfinished = runs().whereIn('state', ['running', 'queued']);
  const counts = { success: 0, failed: 0, running: 0, queued: 0 };
  for (const query of [finished, unfinished]) {
    const rows: { state: keyof typeof counts; count: number | string }[] =
      await query.select('state').count({ count: '*' }).groupBy('state');
    for (const { state, count } of rows) counts[state] = Number(count);
  }
  return counts;
}

/** Those that run are found first: what runs began last, and PostgreSQL would look for it among all runs by their start. */
async function longestRunning(
  db: Knex,
  runs: Knex.QueryBuilder,
): Promise<DagRun[]> {
  const running = runs.where('state', 'running').whereNotNull('started_at');
  const rows: RunRow[] = await db
    .withMaterialized('running', running)
    .from('running')
    .orderBy(['started_at', 'cluster', 'dag_id', 'run_id'])
    .limit(LONGEST_RUNNING);
  return rows.map(row => toRun(row));
}
