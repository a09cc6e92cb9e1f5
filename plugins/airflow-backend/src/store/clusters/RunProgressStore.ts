import type { Knex } from 'knex';
import type { StoredNumber } from '../kit/moments';

/** A reading of all runs of the window, from new to old, that goes on where it was left. */
export interface Sweep {
  startedAt: Date;
  /** The oldest runs that it wants. */
  from: Date;
  /** Runs due after this moment are stored. */
  reached: Date;
  /** Rows that Airflow could not serve so far. */
  skipped: number;
}

/** How far the reading of a cluster's runs has come. */
export interface RunProgress {
  /** Changes before this moment are stored, but for what the sweep has yet to read. */
  changedSince: Date;
  /** How far the cluster's clock was ahead then. */
  clockOffsetMs: number;
  sweep: Sweep | null;
  /** When the last sweep that came to its end began; null until the first did. */
  sweptAt: Date | null;
  /** When runs were last counted, to notice deleted ones. */
  countedAt: Date | null;
}

interface ProgressRow {
  changed_since: StoredNumber;
  clock_offset_ms: StoredNumber;
  sweep_started_at: StoredNumber | null;
  sweep_from: StoredNumber | null;
  sweep_reached: StoredNumber | null;
  sweep_skipped: number;
  swept_at: StoredNumber | null;
  counted_at: StoredNumber | null;
}

/** Remembers how far the reading of each cluster's runs has come, so that it goes on after a restart. */
export class RunProgressStore {
  constructor(private readonly db: Knex) {}

  async load(cluster: string): Promise<RunProgress | undefined> {
    const row: ProgressRow | undefined = await this.db('airflow_run_progress')
      .where({ cluster })
      .first();
    return (
      row && {
        changedSince: toDate(row.changed_since),
        clockOffsetMs: Number(row.clock_offset_ms),
        sweep: toSweep(row),
        sweptAt: row.swept_at === null ? null : toDate(row.swept_at),
        countedAt: row.counted_at === null ? null : toDate(row.counted_at),
      }
    );
  }

  async save(cluster: string, progress: RunProgress): Promise<void> {
    const { changedSince, clockOffsetMs, sweep, sweptAt } = progress;
    await this.db('airflow_run_progress')
      .insert({
        cluster,
        changed_since: changedSince.getTime(),
        clock_offset_ms: clockOffsetMs,
        sweep_started_at: sweep?.startedAt.getTime() ?? null,
        sweep_from: sweep?.from.getTime() ?? null,
        sweep_reached: sweep?.reached.getTime() ?? null,
        sweep_skipped: sweep?.skipped ?? 0,
        swept_at: sweptAt?.getTime() ?? null,
        counted_at: progress.countedAt?.getTime() ?? null,
      })
      .onConflict('cluster')
      .merge();
  }
}

function toSweep(row: ProgressRow): Sweep | null {
  const { sweep_started_at, sweep_from, sweep_reached } = row;
  if (sweep_started_at === null) return null;
  if (sweep_from === null || sweep_reached === null) return null;
  return {
    startedAt: toDate(sweep_started_at),
    from: toDate(sweep_from),
    reached: toDate(sweep_reached),
    skipped: row.sweep_skipped,
  };
}

function toDate(stored: StoredNumber): Date {
  return new Date(Number(stored));
}
