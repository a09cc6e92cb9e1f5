import {
  collectionKinds,
  type Collection,
  type CollectionKind,
  type Problem,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { problemSchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Knex } from 'knex';
import { toInstant, toInstantOrNull, type StoredNumber } from '../kit/moments';
import type { ReadScope } from '../kit/types';

interface CollectionRow {
  cluster: string;
  kind: string;
  last_attempt_at: StoredNumber;
  last_success_at: StoredNumber | null;
  duration_ms: number;
  requests: number;
  skipped_rows: number;
  skipped_why: string | null;
  problem: string | null;
  failing_since: StoredNumber | null;
}

/** One reading that came to its end, well or not. */
export interface CollectionRecord {
  kind: CollectionKind;
  startedAt: Date;
  durationMs: number;
  requests: number;
  skippedRows: number;
  skippedWhy?: string;
  problem: Problem | null;
  /** True when now all facts of the kind are stored; a first filling takes several readings. */
  complete: boolean;
}

/** For how long a reading is left alone, counted from its last attempt. */
export interface Pause {
  untilMs: number;
  lengthMs: number;
}

/** How the last reading of each kind went. */
export class CollectionStore {
  constructor(private readonly db: Knex) {}

  /** By cluster; a cluster that was never read has an empty list. */
  async list(scope: ReadScope): Promise<Map<string, Collection[]>> {
    const names = scope.clusters.map(({ name }) => name);
    const rows: CollectionRow[] = await this.db('airflow_collections')
      .whereIn('cluster', names)
      .orderBy('kind');
    const found = new Map(
      names.map((name): [string, Collection[]] => [name, []]),
    );
    for (const row of rows) {
      const kind = collectionKinds.find(known => known === row.kind);
      if (kind) found.get(row.cluster)?.push(toCollection(kind, row));
    }
    return found;
  }

  /** Those readings of a cluster that are left alone for long, by kind. */
  async pauses(cluster: string): Promise<Map<string, Pause>> {
    const rows: Pick<CollectionRow, 'kind' | 'last_attempt_at' | 'problem'>[] =
      await this.db('airflow_collections')
        .where({ cluster })
        .select('kind', 'last_attempt_at', 'problem');
    const pauses = new Map<string, Pause>();
    for (const row of rows) {
      const retryAt = toProblem(row)?.retryAt;
      if (retryAt === undefined) continue;
      const untilMs = Date.parse(retryAt);
      const lengthMs = untilMs - Number(row.last_attempt_at);
      pauses.set(row.kind, { untilMs, lengthMs });
    }
    return pauses;
  }

  /** The names of all clusters that were ever read, or tried to be. */
  async clusters(): Promise<string[]> {
    return this.db('airflow_collections')
      .distinct()
      .orderBy('cluster')
      .pluck('cluster');
  }

  async record(cluster: string, record: CollectionRecord): Promise<void> {
    const startedAt = record.startedAt.getTime();
    const isSuccess = record.complete && record.problem === null;
    const row = {
      cluster,
      kind: record.kind,
      last_attempt_at: startedAt,
      duration_ms: record.durationMs,
      requests: record.requests,
      skipped_rows: record.skippedRows,
      skipped_why: record.skippedWhy ?? null,
      problem: record.problem && JSON.stringify(record.problem),
      ...(isSuccess && { last_success_at: startedAt }),
    };
    const failingSince = record.problem
      ? this.db.raw('coalesce(??, ?)', [
          'airflow_collections.failing_since',
          startedAt,
        ])
      : null;
    await this.db('airflow_collections')
      .insert({
        ...row,
        first_attempt_at: startedAt,
        failing_since: record.problem ? startedAt : null,
      })
      .onConflict(['cluster', 'kind'])
      .merge({
        ...row,
        first_attempt_at: this.db.raw('coalesce(??, ?)', [
          'airflow_collections.first_attempt_at',
          startedAt,
        ]),
        failing_since: failingSince,
      });
  }
}

function toCollection(kind: CollectionKind, row: CollectionRow): Collection {
  return {
    kind,
    lastAttemptAt: toInstant(row.last_attempt_at),
    lastSuccessAt: toInstantOrNull(row.last_success_at),
    durationMs: row.duration_ms,
    requests: row.requests,
    skippedRows: row.skipped_rows,
    ...(row.skipped_why !== null && { skippedWhy: row.skipped_why }),
    problem: toProblem(row),
  };
}

function toProblem({
  problem,
}: Pick<CollectionRow, 'problem'>): Problem | null {
  return problem === null ? null : problemSchema.parse(JSON.parse(problem));
}
