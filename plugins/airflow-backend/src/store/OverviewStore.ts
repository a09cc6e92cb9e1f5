import type {
  DagRun,
  FailingDag,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
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

/** Answers the overview's question over the whole fleet. */
export class OverviewStore {
  constructor(private readonly db: Knex) {}

  async read(query: {
    scope: ReadScope;
    since: Date;
  }): Promise<StoredOverview> {
    throw new Error(`${this.db} ${query}`);
  }
}
