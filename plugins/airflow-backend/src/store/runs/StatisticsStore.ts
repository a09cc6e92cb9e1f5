import type {
  CalendarCell,
  Instant,
  RunStatistics,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import { toInstant, toNumberOrNull, type StoredNumber } from '../kit/moments';

/** A span of time; the end is not part of it. */
export interface Span {
  from: Date;
  to: Date;
}

interface Counts {
  runs: StoredNumber;
  success: StoredNumber | null;
  failed: StoredNumber | null;
}

/** Answers how the stored runs of a DAG went; a run belongs to the moment for which it was due. */
export class StatisticsStore {
  constructor(private readonly db: Knex) {}

  async runs(
    cluster: string,
    dagId: string,
    since: Date,
  ): Promise<Omit<RunStatistics, 'days'>> {
    const due = () => this.due(cluster, dagId, since);
    const succeeded = due().where('state', 'success');
    const queued = due()
      .whereNotNull('queued_at')
      .whereRaw('started_at >= queued_at');
    const counts: Counts[] = await due().select(
      this.db.raw('count(*) as runs'),
      this.db.raw(
        "sum(case when state = 'success' then 1 else 0 end) as success",
      ),
      this.db.raw(
        "sum(case when state = 'failed' then 1 else 0 end) as failed",
      ),
    );
    const [medianMs, p95Ms] = await this.percentiles(
      succeeded.whereNotNull('duration_ms'),
      'duration_ms',
    );
    const [queuedMs] = await this.percentiles(queued, 'started_at - queued_at');
    return {
      runs: Number(counts[0].runs),
      success: Number(counts[0].success ?? 0),
      failed: Number(counts[0].failed ?? 0),
      medianMs,
      p95Ms,
      queuedMs,
    };
  }

  /** The newest runs that have ended, newest first, and how many there are. */
  async ended(
    cluster: string,
    dagId: string,
    since: Date,
    limit: number,
  ): Promise<{ items: { runId: string; runAfter: Instant }[]; total: number }> {
    const ended = () =>
      this.due(cluster, dagId, since).whereNotNull('finished_at');
    const rows: { run_id: string; run_after: StoredNumber }[] = await ended()
      .select('run_id', 'run_after')
      .orderBy([
        { column: 'for_at', order: 'desc' },
        { column: 'run_id', order: 'desc' },
      ])
      .limit(limit);
    const [counted] = await ended().count({ total: '*' });
    return {
      items: rows.map(({ run_id, run_after }) => ({
        runId: run_id,
        runAfter: toInstant(run_after),
      })),
      total: Number(counted.total),
    };
  }

  /** How many runs were due within each span; those without any are left out. */
  async calendar(
    cluster: string,
    dagId: string,
    spans: readonly Span[],
  ): Promise<CalendarCell[]> {
    if (spans.length === 0) return [];
    const values = spans.map(() => '(cast(? as bigint), cast(? as bigint))');
    const moments = spans.flatMap(({ from, to }) => [
      from.getTime(),
      to.getTime(),
    ]);
    const rows: (Counts & { since: StoredNumber })[] = await this.db
      .with(
        'spans',
        this.db.raw(
          `select column1 as since, column2 as until from (values ${values.join(
            ', ',
          )}) as given`,
          moments,
        ),
      )
      .from('spans')
      // SQLite then looks up each span, and does not read all runs for all spans.
      .crossJoin(this.db.ref('airflow_runs').as('r'))
      .where({ 'r.cluster': cluster, 'r.dag_id': dagId })
      .whereRaw('r.for_at >= spans.since')
      .whereRaw('r.for_at < spans.until')
      .groupBy('spans.since')
      .orderBy('spans.since')
      .select(
        'spans.since',
        this.db.raw('count(*) as runs'),
        this.db.raw(
          "sum(case when r.state = 'success' then 1 else 0 end) as success",
        ),
        this.db.raw(
          "sum(case when r.state = 'failed' then 1 else 0 end) as failed",
        ),
      );
    return rows.map(row => {
      const success = Number(row.success ?? 0);
      const failed = Number(row.failed ?? 0);
      return {
        startsAt: toInstant(row.since),
        success,
        failed,
        unfinished: Number(row.runs) - success - failed,
      };
    });
  }

  /** When the oldest stored run was due. */
  async storedSince(cluster: string, dagId: string): Promise<Instant | null> {
    const row: { for_at: StoredNumber } | undefined = await this.db(
      'airflow_runs',
    )
      .where({ cluster, dag_id: dagId })
      .orderBy('for_at')
      .first('for_at');
    return row ? toInstant(row.for_at) : null;
  }

  private due(cluster: string, dagId: string, since: Date): Knex.QueryBuilder {
    return this.db('airflow_runs')
      .where({ cluster, dag_id: dagId })
      .where('for_at', '>=', since.getTime());
  }

  /** The value that half of the rows do not exceed, and the one that 95 of 100 do not; only SQL of both engines. */
  private async percentiles(
    rows: Knex.QueryBuilder,
    value: 'duration_ms' | 'started_at - queued_at',
  ): Promise<[median: number | null, p95: number | null]> {
    const ranked = rows.select(
      this.db.raw(`${value} as value`),
      this.db.raw(`row_number() over (order by ${value}) as nr`),
      this.db.raw('count(*) over () as n'),
    );
    const [found]: { median: StoredNumber | null; p95: StoredNumber | null }[] =
      await this.db
        .from(ranked.as('ranked'))
        .select(
          this.db.raw(
            'max(case when nr = (n + 1) / 2 then value end) as median',
          ),
          this.db.raw(
            'max(case when nr = (95 * n + 99) / 100 then value end) as p95',
          ),
        );
    return [toNumberOrNull(found.median), toNumberOrNull(found.p95)];
  }
}
