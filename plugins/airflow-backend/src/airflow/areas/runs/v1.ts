import { z } from 'zod';
import type { RunAt, RunRef } from '../../call';
import type { AirflowApi, Query } from '../../http';
import { listOf, totalOnly } from '../../mapping/lists';
import { instant, lastMomentOf } from '../../mapping/time';
import { runPath, runsPath } from '../paths';
import { commonOfRun, runFields } from './body';
import { findRun } from './findRun';
import { runsByDate, type WindowReader } from './runsByDate';
import type { AirflowRunDetails, RunQuery, Runs, RunWindow } from './types';

/** `DAGRun` of the v1 specification. */
export const runBody = runFields
  .extend({
    logical_date: instant.nullish().catch(undefined),
    execution_date: instant.nullish(),
  })
  .transform((raw, context): AirflowRunDetails => {
    const logicalDate = raw.logical_date ?? raw.execution_date ?? null;
    const runAfter = logicalDate ?? raw.start_date;
    if (runAfter === null) {
      context.addIssue({
        code: 'custom',
        path: ['logical_date'],
        message: 'is missing',
      });
      return z.NEVER;
    }
    const type = raw.run_type;
    const isTimed = type === 'scheduled' || type === 'backfill';
    return {
      ...commonOfRun(raw),
      logicalDate,
      runAfter,
      dueAt: isTimed ? raw.data_interval_end ?? runAfter : runAfter,
      queuedAt: null,
      triggeredBy: null,
      triggeringUser: null,
    };
  });

const listBody = listOf('dag_runs', runBody);

/** Older servers cannot be asked for changes; runs due this long before are read anew instead. */
const UNKNOWN_CHANGES_MS = 2 * 24 * 60 * 60_000;

/** Runs of Airflow 2. */
export class RunsV1 implements Runs {
  constructor(private readonly api: AirflowApi) {}

  async *list(query: RunQuery) {
    const { dagId, states, updatedFrom } = query;
    for (const { dueFrom, ...changed } of this.changedSince(updatedFrom)) {
      const read: WindowReader = ({ from, to }, by) =>
        this.api.pages(
          {
            path: runsPath(dagId),
            query: {
              order_by: by,
              execution_date_gte: from,
              execution_date_lte: to && lastMomentOf(to),
              state: states,
              ...changed,
            },
            exact: ['conf'],
          },
          listBody,
        );
      const from = dueFrom ?? query.runAfterFrom;
      yield* runsByDate(read, { from, to: query.runAfterTo });
    }
  }

  count({ runAfterFrom, runAfterTo }: RunWindow) {
    const query = {
      execution_date_gte: runAfterFrom,
      execution_date_lte: runAfterTo && lastMomentOf(runAfterTo),
      limit: 1,
    };
    return this.api.json({ path: runsPath(undefined), query }, totalOnly);
  }

  get(run: RunRef) {
    return this.api.json({ path: runPath(run), exact: ['conf'] }, runBody);
  }

  find(run: RunAt) {
    return findRun(this.api.cluster, this, run);
  }

  /**
   * One list for each way to ask for what changed. Where no changes are told, those are the runs that are due of late,
   * and, whatever they are for, those that began or ended.
   */
  private changedSince(
    moment: string | undefined,
  ): (Query & { dueFrom?: string })[] {
    if (moment === undefined) return [{}];
    if (this.api.takes('runs updated_at filter')) {
      return [{ updated_at_gte: moment }];
    }
    const due = new Date(Date.parse(moment) - UNKNOWN_CHANGES_MS);
    return [
      { dueFrom: due.toISOString() },
      { start_date_gte: moment },
      { end_date_gte: moment },
    ];
  }
}
