import type {
  DagRun,
  FailingDag,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import { whereOfAllowedDags } from './allowed';
import { whereOfDags } from './dagFilter';
import { parseNames, toOwnership, type OwnershipRow } from './dagRows';
import { toInstant, type StoredNumber } from './moments';
import { dagKey } from './recentRuns';
import { toRun, type RunRow } from './runRows';
import type { ReadScope } from './types';

/** What failed within a window, and how it went on. */
export interface StoredOverview {
  runs: { success: number; failed: number; running: number; queued: number };
  /** Still failing first, then recovered; newest failure first. At most 100. */
  failingDags: FailingDag[];
  failingTotal: number;
  recoveredTotal: number;
  longestRunning: DagRun[];
}

const FAILING_DAGS = 100;
const LONGEST_RUNNING = 10;

interface FailingRow extends OwnershipRow {
  cluster: string;
  dag_id: string;
  display_name: string;
  owners: string;
  failures: number | string;
  first_failed_at: StoredNumber;
  last_failed_at: StoredNumber;
  last_failed_run_after: StoredNumber;
  recovered_run_after: StoredNumber | null;
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
    const { since, owners } = query;
    const { clusters } = query.scope;
    const runs = () => {
      const within = this.db('airflow_runs');
      whereOfAllowedDags(within, clusters);
      whereOfDags(within, clusters, { owners });
      return within;
    };
    const failing = await this.failing(runs(), since);
    const isRecovered = (row: FailingRow) => row.recovered_run_after !== null;
    const recoveredTotal = failing.filter(isRecovered).length;
    const shown = [...failing]
      .sort(
        (a, b) =>
          Number(isRecovered(a)) - Number(isRecovered(b)) ||
          Number(b.last_failed_at) - Number(a.last_failed_at),
      )
      .slice(0, FAILING_DAGS);
    return {
      runs: await runCounts(runs, since),
      failingDags: await this.withRuns(shown),
      failingTotal: failing.length - recoveredTotal,
      recoveredTotal,
      longestRunning: await longestRunning(runs()),
    };
  }

  /** DAGs with a failed run within the window; of those that Airflow no longer lists, none. */
  private async failing(
    runs: Knex.QueryBuilder,
    since: Date,
  ): Promise<FailingRow[]> {
    const failed = runs
      .select('cluster', 'dag_id')
      .count({ failures: '*' })
      .min({ first_failed_at: 'finished_at' })
      .max({ last_failed_at: 'finished_at' })
      .max({ last_failed_run_after: 'run_after' })
      .where('state', 'failed')
      .where('finished_at', '>=', since.getTime())
      .groupBy('cluster', 'dag_id');
    const recovered = this.db('airflow_runs as s')
      .max('s.run_after')
      .whereRaw('s.cluster = f.cluster and s.dag_id = f.dag_id')
      .whereRaw('s.run_after > f.last_failed_run_after')
      // Not a plain column, or SQLite looks up all successes of the fleet for each DAG instead of the DAG's runs.
      .whereRaw("s.state || '' = 'success'");
    return this.db(failed.as('f'))
      .join('airflow_dags as d', join =>
        join.on('d.cluster', 'f.cluster').andOn('d.dag_id', 'f.dag_id'),
      )
      .whereNull('d.gone_at')
      .select(
        'f.*',
        'd.display_name',
        'd.owners',
        'd.owner_ref',
        'd.owner_source',
        'd.owner_by',
        'd.owners_missing',
        { recovered_run_after: recovered },
      );
  }

  private async withRuns(rows: readonly FailingRow[]): Promise<FailingDag[]> {
    const failed = await this.runsDue(rows, 'failed', row =>
      Number(row.last_failed_run_after),
    );
    const recovered = await this.runsDue(
      rows.filter(row => row.recovered_run_after !== null),
      'success',
      row => Number(row.recovered_run_after),
    );
    return rows.flatMap(row => {
      const name = dagKey({ cluster: row.cluster, dagId: row.dag_id });
      const lastFailedRun = failed.get(name);
      if (!lastFailedRun) return [];
      return {
        cluster: row.cluster,
        dagId: row.dag_id,
        displayName: row.display_name,
        owners: parseNames(row.owners),
        owner: toOwnership(row),
        failures: Number(row.failures),
        firstFailedAt: toInstant(row.first_failed_at),
        lastFailedRun,
        recoveredBy: recovered.get(name) ?? null,
      };
    });
  }

  private async runsDue(
    rows: readonly FailingRow[],
    state: 'failed' | 'success',
    runAfter: (row: FailingRow) => number,
  ): Promise<Map<string, DagRun>> {
    const runs: RunRow[] = await this.db('airflow_runs')
      .where('state', state)
      .whereIn(
        ['cluster', 'dag_id', 'run_after'],
        rows.map(row => [row.cluster, row.dag_id, runAfter(row)]),
      );
    const named = runs.map(row => toRun(row));
    return new Map(named.map((run): [string, DagRun] => [dagKey(run), run]));
  }
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

async function longestRunning(runs: Knex.QueryBuilder): Promise<DagRun[]> {
  const rows: RunRow[] = await runs
    .where('state', 'running')
    .whereNotNull('started_at')
    .orderBy(['started_at', 'cluster', 'dag_id', 'run_id'])
    .limit(LONGEST_RUNNING);
  return rows.map(row => toRun(row));
}
