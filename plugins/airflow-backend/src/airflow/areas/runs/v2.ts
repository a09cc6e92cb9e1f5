import type { RunAt, RunRef } from '../../call';
import type { AirflowApi } from '../../http';
import { text } from '../../mapping/fields';
import { listOf, totalOnly } from '../../mapping/lists';
import { instant, instantOrNull, lastMomentOf } from '../../mapping/time';
import { runPath, runsPath } from '../paths';
import { commonOfRun, runFields } from './body';
import { findRun } from './findRun';
import type { AirflowRunDetails, RunQuery, Runs, RunWindow } from './types';

/** `DAGRunResponse` of the v2 specification. */
export const runBody = runFields
  .extend({
    logical_date: instantOrNull,
    run_after: instant,
    queued_at: instantOrNull,
    triggered_by: text,
    triggering_user_name: text,
  })
  .transform(
    (raw): AirflowRunDetails => ({
      ...commonOfRun(raw),
      logicalDate: raw.logical_date,
      runAfter: raw.run_after,
      dueAt: raw.run_after,
      queuedAt: raw.queued_at,
      triggeredBy: raw.triggered_by ?? null,
      triggeringUser: raw.triggering_user_name ?? null,
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
