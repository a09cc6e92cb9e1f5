import {
  toClusterTime,
  type ClusterClock,
  type CollectionKind,
  type DagRun,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { problemSchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Knex } from 'knex';
import type { ClusterFacts, DagFacts, Reading } from '../../model/clusterFacts';
import { ofEachKind } from '../../model/collected';
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
import {
  parseComponents,
  toClock,
  type ClockColumns,
} from '../clusters/ClusterStore';
import { parseNames, toOwnership, toSchedule } from '../dags/dagRows';
import { toImportError, type ImportErrorRow } from '../dags/ImportErrorStore';
import { toInstant, toInstantOrNull, type StoredNumber } from '../kit/moments';
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

class Facts {
  constructor(private readonly db: Knex.Transaction) {}

  async read(
    cluster: ClusterFacts['cluster'],
    query: FactQuery,
  ): Promise<ClusterFacts> {
    const { components, clock, clockSet } = await this.ofCluster(cluster.name);
    const [readings, importErrors, presences, absent, dags] = await Promise.all(
      [
        this.readings(cluster.name, query.intervalsMs),
        this.importErrors(cluster.name),
        readPresences(this.db, cluster.name),
        readAbsentDags(this.db, cluster.name, query.now),
        // What Airflow announced is due by its own clock.
        this.dags(cluster.name, {
          ...query,
          now: clusterNow(query.now, clock),
        }),
      ],
    );
    return {
      cluster,
      now: query.now,
      clock,
      clockSet,
      watchedSince: query.watchedSince,
      readings,
      components,
      importErrors,
      presences,
      absent,
      dags,
    };
  }

  private async readings(
    cluster: string,
    intervalsMs: Record<CollectionKind, number>,
  ): Promise<Record<CollectionKind, Reading>> {
    const rows: {
      kind: string;
      first_attempt_at: StoredNumber | null;
      last_attempt_at: StoredNumber;
      last_success_at: StoredNumber | null;
      failing_since: StoredNumber | null;
      problem: string | null;
    }[] = await this.db('airflow_collections').where({ cluster });
    return ofEachKind((kind): Reading => {
      const row = rows.find(own => own.kind === kind);
      return {
        readAt: toInstantOrNull(row?.last_success_at ?? null),
        failingSince: toInstantOrNull(row?.failing_since ?? null),
        problem: row?.problem
          ? problemSchema.parse(JSON.parse(row.problem))
          : null,
        tried: row
          ? {
              firstAt: toInstant(row.first_attempt_at ?? row.last_attempt_at),
              lastAt: toInstant(row.last_attempt_at),
            }
          : null,
        everyMs: intervalsMs[kind],
      };
    });
  }

  private async ofCluster(
    cluster: string,
  ): Promise<Pick<ClusterFacts, 'components' | 'clock' | 'clockSet'>> {
    const row:
      | (ClockColumns & {
          components: string;
          clock_set_at: StoredNumber | null;
          clock_before_ms: StoredNumber | null;
        })
      | undefined = await this.db('airflow_clusters')
      .where({ name: cluster })
      .first(
        'components',
        'clock_offset_ms',
        'clock_measured_at',
        'clock_set_at',
        'clock_before_ms',
      );
    const setAt = toInstantOrNull(row?.clock_set_at ?? null);
    return row
      ? {
          components: parseComponents(row.components),
          clock: toClock(row),
          clockSet:
            setAt === null
              ? null
              : {
                  at: setAt,
                  offsetBeforeMs: Number(
                    row.clock_before_ms ?? row.clock_offset_ms,
                  ),
                },
        }
      : { components: [], clock: null, clockSet: null };
  }

  private async importErrors(
    cluster: string,
  ): Promise<ClusterFacts['importErrors']> {
    const rows: ImportErrorRow[] = await this.db('airflow_import_errors')
      .where({ cluster })
      .orderBy('id');
    return rows.map(row => toImportError(row));
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

/** Reads what alert rules look at, in a fixed number of statements however many DAGs a cluster has. */
export class AlertFactStore {
  constructor(private readonly db: Knex) {}

  /** All of one moment, while readings go on: half of what one stored is no fact. */
  async read(
    cluster: ClusterFacts['cluster'],
    query: FactQuery,
  ): Promise<ClusterFacts> {
    return snapshot(this.db, trx => new Facts(trx).read(cluster, query));
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
