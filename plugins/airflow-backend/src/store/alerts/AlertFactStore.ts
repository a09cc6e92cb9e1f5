import {
  toClusterTime,
  type ClusterClock,
  type CollectionKind,
  type DagRun,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { ClusterFacts, DagFacts } from '../../model/clusterFacts';
import {
  readClusterState,
  readImportErrors,
  readReadings,
} from './alertClusters';
import { readAlertDags, type FactDagRow } from './alertDags';
import { readAbsentDags, readPresences } from './alertPresences';
import {
  readLastSuccesses,
  readNamedRuns,
  readOvertakenRuns,
  readStreaks,
} from './alertOutcomes';
import { readLastDueRuns, readUnfinishedRuns } from './alertRuns';
import { readRunsSinceMissed, readUnkeptPromises } from './alertPromises';
import { readUsualDurations } from './alertUsual';
import { parseNames, toOwnership, toSchedule } from '../dags/dagRows';
import { toInstant, toInstantOrNull } from '../kit/moments';
import { snapshot } from '../kit/snapshot';

/** Which facts are asked for. */
export interface FactQuery {
  now: Date;
  watchedSince: Date;
  intervalsMs: Record<CollectionKind, number>;
  /** Also of DAGs of which nothing seems wrong; some rules miss what is not there. */
  everyDag: boolean;
}

const LONG_MS = 15 * 60_000;

/** Reads what alert rules look at, in a fixed number of statements however many DAGs a cluster has. */
export class AlertFactStore {
  constructor(private readonly db: Knex) {}

  async read(
    cluster: ClusterFacts['cluster'],
    query: FactQuery,
  ): Promise<ClusterFacts> {
    const { now, watchedSince } = query;
    const { components, clock, clockSet } = await readClusterState(
      this.db,
      cluster.name,
    );
    // Of one moment, for half of what an inventory stored is no fact: a broken file without its error, or its DAGs.
    const inventory = await snapshot(this.db, async trx => ({
      readings: await readReadings(trx, cluster.name, query.intervalsMs),
      importErrors: await readImportErrors(trx, cluster.name),
      presences: await readPresences(trx, cluster.name),
      absent: await readAbsentDags(trx, cluster.name, now),
    }));
    // What Airflow announced is due by its own clock.
    const dags = await this.dags(cluster.name, {
      ...query,
      now: clusterNow(now, clock),
    });
    return {
      cluster,
      now,
      clock,
      clockSet,
      watchedSince,
      components,
      ...inventory,
      dags,
    };
  }

  private async dags(
    cluster: string,
    query: FactQuery,
  ): Promise<Map<string, DagFacts>> {
    const [rows, named] = await Promise.all([
      readAlertDags(this.db, cluster, query),
      readNamedRuns(this.db, cluster),
    ]);
    const [
      streaks,
      successes,
      overtaken,
      unfinished,
      promises,
      lastRuns,
      came,
    ] = await Promise.all([
      readStreaks(this.db, cluster, rows),
      readLastSuccesses(this.db, cluster, rows),
      readOvertakenRuns(this.db, cluster, {
        now: query.now,
        openSince: named.overtakenSince,
      }),
      readUnfinishedRuns(this.db, cluster),
      readUnkeptPromises(this.db, cluster, rows, query.now),
      readLastDueRuns(this.db, cluster, rows),
      readRunsSinceMissed(this.db, cluster, rows),
    ]);
    const usual = await readUsualDurations(
      this.db,
      cluster,
      longRunning(unfinished, query.now),
    );
    return new Map(
      rows.map((row): [string, DagFacts] => {
        const { dag_id: dagId } = row;
        return [
          dagId,
          {
            ...toDagPart(row),
            failedRuns: streaks.get(dagId) ?? [],
            failuresInARow: row.failures_in_a_row,
            failingSince: toInstantOrNull(row.failing_since),
            lastSuccess: successes.get(dagId) ?? null,
            overtakenRuns: overtaken.get(dagId) ?? [],
            namedRuns: named.runs.get(dagId) ?? new Map(),
            unfinishedRuns: unfinished.get(dagId)?.runs ?? [],
            usualMs: usual.get(dagId) ?? null,
            activeRuns: unfinished.get(dagId)?.active ?? 0,
            unkeptPromises: promises.get(dagId) ?? [],
            lastRun: lastRuns.get(dagId) ?? null,
            runsSinceMissed: came.get(dagId) ?? [],
          },
        ];
      }),
    );
  }
}

function clusterNow(now: Date, clock: ClusterClock | null): Date {
  return new Date(toClusterTime(now.toISOString(), clock));
}

/** Of other DAGs no run can be too long by what is usual. */
function longRunning(
  unfinished: ReadonlyMap<string, { runs: readonly DagRun[] }>,
  now: Date,
): string[] {
  const before = now.getTime() - LONG_MS;
  return [...unfinished].flatMap(([dagId, { runs }]) =>
    runs.some(run => Date.parse(run.startedAt ?? '') < before) ? [dagId] : [],
  );
}

function toDagPart(row: FactDagRow) {
  return {
    dagId: row.dag_id,
    displayName: row.display_name,
    paused: Boolean(row.paused),
    hasImportErrors: Boolean(row.has_import_errors),
    isVanished: row.presence === 'vanished',
    schedule: toSchedule(row),
    readAt: toInstant(row.read_at),
    nextRunAt: toInstantOrNull(row.next_run_at),
    maxActiveRuns: row.max_active_runs,
    tags: parseNames(row.tags),
    owner: toOwnership(row),
    firstSeenAt: toInstantOrNull(row.first_seen_at),
    listedSince:
      row.presence === 'listed' ? toInstantOrNull(row.presence_since) : null,
  };
}
