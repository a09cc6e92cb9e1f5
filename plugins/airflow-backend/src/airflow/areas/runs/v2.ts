import { z } from 'zod';
import type { RunAt, RunRef } from '../../call';
import type { AirflowApi } from '../../http';
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
import type { AirflowRunDetails, RunQuery, Runs, RunWindow } from './types';

/** `DAGRunResponse` of the v2 specification. */
export const runBody = z
  .object({
    dag_id: id,
    dag_run_id: id,
    state: runState,
    run_type: runType,
    logical_date: instantOrNull,
    run_after: instant,
    queued_at: instantOrNull,
    start_date: instantOrNull,
    end_date: instantOrNull,
    data_interval_start: instantOrNull,
    data_interval_end: instantOrNull,
    triggered_by: text,
    triggering_user_name: text,
    conf,
    note: text,
  })
  .transform(
    (told): AirflowRunDetails => ({
      dagId: told.dag_id,
      runId: told.dag_run_id,
      state: told.state,
      type: told.run_type,
      logicalDate: told.logical_date,
      runAfter: told.run_after,
      dueAt: told.run_after,
      queuedAt: told.queued_at,
      startedAt: told.start_date,
      endedAt: told.end_date,
      durationMs: elapsedMs(told.start_date, told.end_date),
      triggeredBy: told.triggered_by ?? null,
      triggeringUser: told.triggering_user_name ?? null,
      note: told.note || null,
      conf: told.conf,
      dataIntervalStart: told.data_interval_start,
      dataIntervalEnd: told.data_interval_end,
    }),
  );

/** Runs of Airflow 3. */
export class RunsV2 implements Runs {
  constructor(private readonly api: AirflowApi) {}

  list({ dagId, states, updatedFrom, ...window }: RunQuery) {
    return this.api.pages(
      {
        path: runsPath(dagId),
        query: {
          order_by: '-run_after',
          ...dueWithin(window),
          updated_at_gte: updatedFrom,
          state: states,
        },
        exact: ['conf'],
      },
      listOf('dag_runs', runBody),
    );
  }

  count(window: RunWindow) {
    const query = { ...dueWithin(window), limit: 1 };
    return this.api.json({ path: runsPath(undefined), query }, totalOnly);
  }

  get(run: RunRef) {
    return this.api.json({ path: runPath(run), exact: ['conf'] }, runBody);
  }

  find(run: RunAt) {
    return findRun(this.api.cluster, this, run);
  }
}

function dueWithin({ runAfterFrom, runAfterTo }: RunWindow) {
  return {
    run_after_gte: runAfterFrom,
    run_after_lte: runAfterTo && lastMomentOf(runAfterTo),
  };
}
