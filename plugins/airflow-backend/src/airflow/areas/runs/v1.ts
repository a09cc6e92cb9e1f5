import { z } from 'zod';
import type { RunAt, RunRef } from '../../call';
import type { AirflowApi, Query } from '../../http';
import { conf } from '../../mapping/conf';
import { id, text } from '../../mapping/fields';
import { listOf, totalOnly } from '../../mapping/lists';
import { runState, runType } from '../../mapping/states';
import {
  elapsedMs,
  instant,
  instantOrNull,
  lastMomentOf,
} from '../../mapping/time';
import { runPath, runsPath } from '../paths';
import { findRun } from './findRun';
import { runsByDate, type WindowReader } from './runsByDate';
import type { AirflowRunDetails, RunQuery, Runs, RunWindow } from './types';

/** `DAGRun` of the v1 specification. */
export const runBody = z
  .object({
    dag_id: id,
    dag_run_id: id,
    state: runState,
    run_type: runType,
    logical_date: instant.nullish().catch(undefined),
    execution_date: instant.nullish(),
    start_date: instantOrNull,
    end_date: instantOrNull,
    data_interval_start: instantOrNull,
    data_interval_end: instantOrNull,
    conf,
    note: text,
  })
  .transform((told, context): AirflowRunDetails => {
    const logicalDate = told.logical_date ?? told.execution_date ?? null;
    const runAfter = logicalDate ?? told.start_date;
    if (runAfter === null) {
      context.addIssue({
        code: 'custom',
        path: ['logical_date'],
        message: 'is missing',
      });
      return z.NEVER;
    }
    const type = told.run_type;
    const isTimed = type === 'scheduled' || type === 'backfill';
    return {
      dagId: told.dag_id,
      runId: told.dag_run_id,
      state: told.state,
      type,
      logicalDate,
      runAfter,
      dueAt: isTimed ? told.data_interval_end ?? runAfter : runAfter,
      queuedAt: null,
      startedAt: told.start_date,
      endedAt: told.end_date,
      durationMs: elapsedMs(told.start_date, told.end_date),
      triggeredBy: null,
      triggeringUser: null,
      note: told.note || null,
      conf: told.conf,
      dataIntervalStart: told.data_interval_start,
      dataIntervalEnd: told.data_interval_end,
    };
  });

const listBody = listOf('dag_runs', runBody);

/** Older servers cannot be asked for changes; runs due this long before are read anew instead. */
const UNTOLD_CHANGES_MS = 2 * 24 * 60 * 60_000;

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
    const due = new Date(Date.parse(moment) - UNTOLD_CHANGES_MS);
    return [
      { dueFrom: due.toISOString() },
      { start_date_gte: moment },
      { end_date_gte: moment },
    ];
  }
}
